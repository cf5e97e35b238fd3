import { describe, expect, it } from 'vitest'

import { nextSort } from './columns'

describe('nextSort', () => {
  it('goes up, down, none on one column', () => {
    const up = nextSort([], 'area', false)
    const down = nextSort(up, 'area', false)
    expect([up, down, nextSort(down, 'area', false)]).toEqual([
      [{ field: 'area', descending: false }],
      [{ field: 'area', descending: true }],
      [],
    ])
  })

  it('replaces the order by a plain click and adds to it with shift', () => {
    const sort = [{ field: 'building', descending: false }]
    expect(nextSort(sort, 'area', false)).toEqual([{ field: 'area', descending: false }])
    expect(nextSort(sort, 'area', true)).toEqual([...sort, { field: 'area', descending: false }])
  })

  it('keeps the place of a column whose direction turns', () => {
    const sort = [
      { field: 'building', descending: false },
      { field: 'area', descending: false },
    ]
    expect(nextSort(sort, 'building', true)).toEqual([
      { field: 'building', descending: true },
      { field: 'area', descending: false },
    ])
  })
})
