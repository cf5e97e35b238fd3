/** Texts that continue others, as filling does: 1号楼, 2号楼 … 2021-03-05, 2021-03-06 … 101, 102 … */

/** `smart`: what a spreadsheet does when the handle is dragged. `copy` and `series` are asked for by name. */
export type FillMode = 'smart' | 'copy' | 'series'

/** The last number of a text with what stands around it. */
interface Numbered {
  before: string
  after: string
  /** The number without its point. */
  value: number
  decimals: number
  /** Digits that leading zeros keep. */
  width: number
}

const DAY = 86_400_000
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** `count` texts that follow the seeds; `backward`: that stand before them, the nearest one first. */
export function extend(seeds: readonly string[], count: number, mode: FillMode, backward = false): string[] {
  if (seeds.length === 0 || count <= 0) return []
  const order = backward ? [...seeds].reverse() : [...seeds]
  const next = mode === 'copy' ? null : (dates(order, backward) ?? numbers(order, mode, backward))
  return Array.from({ length: count }, (_, at) => next?.(at + 1) ?? (order[at % order.length] as string))
}

function dates(seeds: string[], backward: boolean): ((by: number) => string) | null {
  const days = seeds.map(dayOf)
  if (days.some((day) => day === null)) return null
  const known = days as number[]
  const step = stepOf(known, backward ? -1 : 1)
  const last = known[known.length - 1] as number
  return step === null ? null : (by) => new Date((last + by * step) * DAY).toISOString().slice(0, 10)
}

function dayOf(text: string): number | null {
  const found = DATE.exec(text)
  if (!found) return null
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))
  return new Date(at).toISOString().slice(0, 10) === text ? at / DAY : null
}

function numbers(seeds: string[], mode: FillMode, backward: boolean): ((by: number) => string) | null {
  const found = seeds.map(numbered)
  const first = found[0]
  if (!first || found.some((one) => one?.before !== first.before || one.after !== first.after)) return null
  const all = found as Numbered[]
  const plain = first.before === '' && first.after === ''
  // A single figure is copied, as a spreadsheet does; 3号楼 counts on.
  if (seeds.length === 1 && plain && mode === 'smart') return null
  const decimals = Math.max(...all.map((one) => one.decimals))
  const scaled = all.map((one) => one.value * 10 ** (decimals - one.decimals))
  const step = stepOf(scaled, (backward ? -1 : 1) * 10 ** decimals)
  if (step === null || (step === 0 && mode === 'smart')) return null
  const last = scaled[scaled.length - 1] as number
  const width = Math.max(...all.map((one) => one.width))
  return (by) => {
    const value = last + by * step
    // Counting down ends above nothing: there is no house number 0 and no negative one.
    if (value < 0 || (!plain && value <= 0)) return ''
    return first.before + written(value, decimals, width) + first.after
  }
}

function numbered(text: string): Numbered | null {
  const found = /^(.*?)(\d{1,12})(?:\.(\d{1,4}))?(\D*)$/s.exec(text)
  if (!found) return null
  const [, before = '', whole = '', fraction = '', after = ''] = found
  // 12.5-3 is no decimal figure of its own.
  if (before.endsWith('.') || (fraction !== '' && before !== '')) return null
  return {
    before,
    after,
    value: Number(whole + fraction),
    decimals: fraction.length,
    width: whole.length > 1 && whole.startsWith('0') ? whole.length : 0,
  }
}

/** The even step between the values; none when it is not even. */
function stepOf(values: number[], single: number): number | null {
  if (values.length === 1) return single
  const step = (values[1] as number) - (values[0] as number)
  return values.every((value, at) => at === 0 || value - (values[at - 1] as number) === step) ? step : null
}

function written(value: number, decimals: number, width: number): string {
  const digits = String(value).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals).padStart(width, '0')
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`
}
