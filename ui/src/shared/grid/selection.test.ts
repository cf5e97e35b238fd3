import { describe, expect, it } from 'vitest'

import { at, block, contains, moved, step } from './selection'

/** Column 1 is filled in rows 0 to 3 and in row 6; row 0 in all columns but the last; rows from 8 on are not read. */
const bounds = {
  rows: 10,
  cols: 4,
  page: 5,
  filled: (row: number, col: number) => (row >= 8 ? undefined : row === 0 ? col < 3 : col === 1 && (row <= 3 || row === 6)),
}

describe('moved', () => {
  it.each([
    ['ArrowUp', false, 0, 1],
    ['ArrowDown', false, 1, 1],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 0, 2],
    ['End', false, 0, 3],
    ['End', true, 9, 3],
    ['PageDown', false, 5, 1],
    ['ArrowDown', true, 3, 1],
    ['ArrowRight', true, 0, 2],
    ['ArrowLeft', true, 0, 0],
  ])('%s with ctrl %s', (key, ctrl, row, col) => {
    expect(moved(at(0, 1), key, false, ctrl, bounds)).toEqual(at(row, col))
  })

  it('jumps over empty cells to the next filled one, and to what was not read', () => {
    const down = (row: number) => moved(at(row, 1), 'ArrowDown', false, true, bounds)
    expect(down(3)).toEqual(at(6, 1))
    expect(down(6)).toEqual(at(8, 1))
    expect(moved(at(6, 1), 'ArrowUp', false, true, bounds)).toEqual(at(3, 1))
    expect(moved(at(3, 1), 'ArrowUp', false, true, bounds)).toEqual(at(0, 1))
    expect(moved(at(7, 0), 'ArrowUp', false, true, bounds)).toEqual(at(0, 0))
    expect(moved(at(0, 2), 'ArrowRight', false, true, bounds)).toEqual(at(0, 3))
  })

  it('takes a run of filled cells to go on where nothing was read', () => {
    const full = { ...bounds, filled: (row: number) => (row >= 5 ? undefined : true) }
    expect(moved(at(0, 1), 'ArrowDown', false, true, full)).toEqual(at(9, 1))
  })

  it('extends the block with shift and stays inside', () => {
    const selection = moved(at(8, 2), 'PageDown', true, false, bounds)
    expect(selection).toEqual({ anchor: { row: 8, col: 2 }, head: { row: 9, col: 2 } })
  })

  it('leaves other keys alone', () => {
    expect(moved(at(0, 0), 'a', false, false, bounds)).toBeNull()
  })
})

describe('step', () => {
  it('goes to the next line after the last column and back', () => {
    expect(step(at(2, 3), 'next', bounds)).toEqual(at(3, 0))
    expect(step(at(3, 0), 'previous', bounds)).toEqual(at(2, 3))
  })

  it('stays at the ends', () => {
    expect(step(at(9, 3), 'next', bounds)).toEqual(at(9, 3))
    expect(step(at(0, 0), 'previous', bounds)).toEqual(at(0, 0))
    expect(step(at(9, 0), 'down', bounds)).toEqual(at(9, 0))
  })
})

describe('block', () => {
  it('is the same from whichever corner it was drawn', () => {
    const drawn = block({ anchor: { row: 5, col: 3 }, head: { row: 2, col: 1 } })
    expect(drawn).toEqual({ top: 2, left: 1, bottom: 5, right: 3 })
    expect(contains(drawn, 3, 2)).toBe(true)
    expect(contains(drawn, 3, 0)).toBe(false)
  })
})
