/** Reading papers by keyboard: numbers, rooms and the keys 1 to 4. */
import type { BallotPaperRow } from '@/ipc'

/** Keys of a choice, in the order of the paper. */
export const CHOICES = [
  { key: '1', code: 'approve', label: '同意' },
  { key: '2', code: 'reject', label: '反对' },
  { key: '3', code: 'abstain', label: '弃权' },
  { key: '4', code: 'invalid', label: '此题无效' },
] as const

export function choiceOf(key: string): string | null {
  return CHOICES.find((choice) => choice.key === key)?.code ?? null
}

export function labelOf(code: string): string {
  return CHOICES.find((choice) => choice.code === code)?.label ?? '未录'
}

/** Digits and letters as typed on any keyboard, without the words of an address. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/号楼|栋|幢|单元|室|号/g, '-')
    .replace(/[\s—–_.,，。/]+/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The papers that a typed number (12, 0012) or place (1-1-101, 1号楼1单元101) means. */
export function findPapers(rows: readonly BallotPaperRow[], typed: string): BallotPaperRow[] {
  const wanted = plain(typed)
  if (wanted === '') return []
  if (/^\d{1,5}$/.test(wanted)) {
    const number = wanted.padStart(4, '0')
    const byNumber = rows.filter((row) => row.number === number)
    if (byNumber.length > 0) return byNumber
  }
  const whole = rows.filter((row) => plain(row.place) === wanted)
  if (whole.length > 0) return whole
  return rows.filter((row) => plain(row.place).endsWith(`-${wanted}`))
}

/** The code on a paper: the key of the ballot and the number of the paper. */
const CODE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{4,})$/

/** What was typed or scanned; a code of another ballot is refused, never taken for a number of this one. */
export function searchPapers(ballot: string, rows: readonly BallotPaperRow[], typed: string): { found: BallotPaperRow[]; refusal: string } {
  const code = CODE.exec(typed.normalize('NFKC').trim().toLowerCase())
  if (!code) return { found: findPapers(rows, typed), refusal: '' }
  const [, of, number] = code
  if (of !== ballot.toLowerCase()) return { found: [], refusal: '扫的是另一次表决的票，不在这次表决里，没有录。请核对票面上的表决名称。' }
  const found = rows.filter((row) => row.number === number)
  return { found, refusal: found.length === 0 ? `这次表决没有 ${number ?? ''} 号票，没有录。请核对票面。` : '' }
}

/** What is asked next: the first paper that still waits for this reading. */
export function nextPaper(rows: readonly BallotPaperRow[], second: boolean, after: string): BallotPaperRow | null {
  const waits = (row: BallotPaperRow) =>
    (!second && row.state === 'delivered') ||
    (row.state === 'halfRead' && row.readings.every((one) => (second ? one.second : one.first) === '') && (second ? row.validity.second : row.validity.first) === '')
  const from = rows.findIndex((row) => row.id === after) + 1
  const turned = [...rows.slice(from), ...rows.slice(0, from)]
  return turned.find(waits) ?? null
}
