import { describe, expect, it } from 'vitest'

import { at, block, contains, moved, step } from './selection'

const bounds = { rows: 10, cols: 4, page: 5 }

describe('moved', () => {
  it.each([
    ['ArrowUp', false, 0, 1],
    ['ArrowDown', false, 1, 1],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 0, 2],
    ['End', false, 0, 3],
    ['End', true, 9, 3],
    ['PageDown', false, 5, 1],
    ['ArrowDown', true, 9, 1],
  ])('%s with ctrl %s', (key, ctrl, row, col) => {
    expect(moved(at(0, 1), key, false, ctrl, bounds)).toEqual(at(row, col))
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
