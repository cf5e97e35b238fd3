/**
 * Looking through a long list one stretch at a time: the next place is found without reading the rest, which is
 * counted afterwards.
 */
import type { FoundCell } from '@/ipc'

/** Rows of a stretch: read in a few hundredths of a second, so that nobody who types waits for it. */
export const STRETCH = 8_000

export interface Stretches {
  /** The place after a cell, or the one before it, around the end; none where there is none at all. */
  nearest: (from: FoundCell, by: 1 | -1) => Promise<FoundCell | null>
  /** The places of the stretch in which a row lies. */
  around: (row: number) => Promise<FoundCell[]>
  /** Reads the next stretch that nobody has read; false when there is none left. */
  readOn: () => Promise<boolean>
  /** How many places are known by now. */
  known: () => number
  /** Every row was looked at. */
  whole: () => boolean
  /** Which place a cell is, from 0; none as long as not everything before it was looked at. */
  placeOf: (cell: FoundCell) => number | null
}

export function stretches(
  rows: number,
  order: (one: FoundCell, other: FoundCell) => number,
  read: (from: number, count: number) => Promise<FoundCell[]>,
): Stretches {
  const count = Math.ceil(rows / STRETCH)
  const parts: (FoundCell[] | undefined)[] = Array.from({ length: count })
  const at = (row: number): number => Math.max(0, Math.min(count - 1, Math.floor(row / STRETCH)))

  async function part(number: number): Promise<FoundCell[]> {
    const known = parts[number]
    if (known) return known
    const found = (await read(number * STRETCH, STRETCH)).sort(order)
    parts[number] = found
    return found
  }

  return {
    async nearest(from, by) {
      if (count === 0) return null
      const here = at(from.row)
      // The stretch of the cell is looked at first and, around the end, once more.
      for (let step = 0; step <= count; step += 1) {
        const cells = await part((here + by * step + count * 2) % count)
        const beyond = (cell: FoundCell): boolean => step > 0 || order(cell, from) * by > 0
        const found = by > 0 ? cells.find(beyond) : cells.findLast(beyond)
        if (found) return found
      }
      return null
    },
    around: (row) => (count === 0 ? Promise.resolve([]) : part(at(row))),
    async readOn() {
      const next = parts.findIndex((one) => one === undefined)
      if (next >= 0) await part(next)
      return parts.includes(undefined)
    },
    known: () => parts.reduce((sum, one) => sum + (one?.length ?? 0), 0),
    whole: () => !parts.includes(undefined),
    placeOf(cell) {
      const here = at(cell.row)
      const before = parts.slice(0, here + 1)
      if (before.includes(undefined)) return null
      const inside = parts[here]?.findIndex((one) => order(one, cell) === 0) ?? -1
      if (inside < 0) return null
      return before.slice(0, here).reduce((sum, one) => sum + (one?.length ?? 0), inside)
    },
  }
}
