import { describe, expect, it } from 'vitest'

import type { FoundCell } from '@/ipc'

import { STRETCH, stretches } from './stretches'

const order = (one: FoundCell, other: FoundCell) => one.row - other.row
const cell = (row: number): FoundCell => ({ row, field: 'room' })

/** A list of so many rows with the text in these, and which rows were read. */
function list(rows: number, hits: number[]) {
  const asked: number[] = []
  const found = stretches(rows, order, (from, count) => {
    asked.push(from)
    return Promise.resolve(hits.filter((row) => row >= from && row < from + count).map(cell))
  })
  return { asked, found }
}

describe('looking through a long list', () => {
  it('stops at the first place', async () => {
    const { asked, found } = list(300_000, [5, STRETCH * 3 + 1, STRETCH * 30])
    expect(await found.nearest(cell(6), 1)).toEqual(cell(STRETCH * 3 + 1))
    expect(asked).toEqual([0, STRETCH, STRETCH * 2, STRETCH * 3])
    expect(await found.nearest(cell(6), -1)).toEqual(cell(5))
    expect(asked).toHaveLength(4)
  })

  it('goes around the end in both directions', async () => {
    const { found } = list(STRETCH * 3, [7, 9])
    expect(await found.nearest(cell(9), 1)).toEqual(cell(7))
    expect(await found.nearest(cell(7), -1)).toEqual(cell(9))
    expect(await found.nearest(cell(8), -1)).toEqual(cell(7))
    // The only place is the next one of itself.
    const alone = list(STRETCH * 3, [7]).found
    expect(await alone.nearest(cell(7), 1)).toEqual(cell(7))
    expect(await alone.nearest(cell(7), -1)).toEqual(cell(7))
  })

  it('finds nothing where nothing is', async () => {
    expect(await list(0, []).found.nearest(cell(0), 1)).toBeNull()
    const { asked, found } = list(STRETCH * 2 + 1, [])
    expect(await found.nearest(cell(STRETCH), -1)).toBeNull()
    expect(asked.toSorted((one, other) => one - other)).toEqual([0, STRETCH, STRETCH * 2])
  })

  it('counts the rest and tells which place one is', async () => {
    const hits = [1, 2, STRETCH + 3, STRETCH * 2 + 4]
    const { asked, found } = list(STRETCH * 2 + 10, hits)
    expect(await found.nearest(cell(STRETCH), 1)).toEqual(cell(STRETCH + 3))
    expect([found.known(), found.whole(), found.placeOf(cell(STRETCH + 3))]).toEqual([1, false, null])
    while (await found.readOn());
    expect([found.known(), found.whole()]).toEqual([4, true])
    expect(hits.map((row) => found.placeOf(cell(row)))).toEqual([0, 1, 2, 3])
    expect(found.placeOf(cell(9))).toBeNull()
    expect(asked).toHaveLength(3)
  })

  it('is whole at once where there are no rows', () => {
    const { found } = list(0, [])
    expect([found.known(), found.whole(), found.placeOf(cell(0))]).toEqual([0, true, null])
  })
})
