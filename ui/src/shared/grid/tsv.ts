/** Tab-separated text as spreadsheets put it on the clipboard. */

/** Reads a block: quoted cells may hold tabs, line breaks and doubled quotes; one empty line at the end is none. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  let at = 0
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  while (at < text.length) {
    const letter = text[at] as string
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else if (letter === '"') {
        quoted = false
      } else if (letter !== '\r') {
        cell += letter
      }
    } else if (letter === '"' && cell === '' && closes(text, at)) {
      quoted = true
    } else if (letter === '\t') {
      endCell()
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[at + 1] === '\n') at += 1
      endRow()
    } else {
      cell += letter
    }
    at += 1
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** A quote opens a quoted cell only if its closing quote stands at the end of a cell; `6"管` is plain text. */
function closes(text: string, open: number): boolean {
  let at = open + 1
  while (at < text.length) {
    if (text[at] === '"') {
      if (text[at + 1] === '"') {
        at += 2
        continue
      }
      const next = text[at + 1]
      return next === undefined || next === '\t' || next === '\n' || next === '\r'
    }
    at += 1
  }
  return false
}

/** Writes a block so that spreadsheets read the same cells. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quote).join('\t')).join('\n')
}

function quote(cell: string): string {
  return /[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
