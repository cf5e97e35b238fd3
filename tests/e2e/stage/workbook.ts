/** Correcting cells of a small .xlsx as a person would, without a library: unpack, change, pack. */
import { readFile, writeFile } from 'node:fs/promises'
import { crc32, inflateRawSync } from 'node:zlib'

interface Part {
  name: string
  bytes: Buffer
}

function unpack(file: Buffer): Part[] {
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  const parts: Part[] = []
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)]
    const [name, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    const local = file.readUInt32LE(at + 42)
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const bytes = file.subarray(start, start + packed)
    parts.push({ name: file.toString('utf8', at + 46, at + 46 + name), bytes: method === 0 ? bytes : inflateRawSync(bytes) })
    at += 46 + name + extra + comment
  }
  return parts
}

/** Everything stored, nothing compressed. */
function pack(parts: Part[]): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(label.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, label, bytes])
    entries.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, label]))
    bodies.push(body)
    offset += body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directory, end])
}

/** Types a text into a cell that may be blank. */
function typed(row: string, cell: string, text: string): string {
  const [, column = ''] = /^([A-Z]+)/.exec(cell) ?? []
  const written = `<c r="${cell}" t="inlineStr"><is><t>${text}</t></is></c>`
  const cells = [...row.matchAll(/<c r="([A-Z]+)\d+"[^>]*?(?:\/>|>.*?<\/c>)/gs)].map((found) => ({ column: found[1] ?? '', xml: found[0] }))
  const others = cells.filter((other) => other.column !== column)
  const order = (name: string) => name.padStart(3)
  const all = [...others, { column, xml: written }].sort((a, b) => (order(a.column) < order(b.column) ? -1 : 1))
  return row.replace(/>.*<\/row>/s, `>${all.map((one) => one.xml).join('')}</row>`)
}

/** Corrects a saved workbook: texts anywhere, and the blank cells of a column below the header. */
export async function mend(file: string, texts: Record<string, string>, column: string, fill: string): Promise<void> {
  const parts = unpack(await readFile(file)).map(({ name, bytes }) => {
    let xml = bytes.toString('utf8')
    if (name.endsWith('sharedStrings.xml')) {
      for (const [wrong, right] of Object.entries(texts)) xml = xml.replaceAll(`>${wrong}<`, `>${right}<`)
    } else if (name.endsWith('sheet1.xml')) {
      xml = xml.replaceAll(/<row r="(\d+)".*?<\/row>/gs, (row: string, number: string) => {
        const blank = !new RegExp(`<c r="${column}${number}"[^>]*?>.`, 's').test(row) || new RegExp(`<c r="${column}${number}"[^>]*?/>`).test(row)
        return number !== '1' && blank ? typed(row, `${column}${number}`, fill) : row
      })
    } else {
      return { name, bytes }
    }
    return { name, bytes: Buffer.from(xml) }
  })
  await writeFile(file, pack(parts))
}
