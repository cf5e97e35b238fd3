import { describe, expect, it } from 'vitest'

import { extended, extension, overhang, tiled } from './blocks'
import { extend } from './series'

const block = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })

describe('tiled', () => {
  it('repeats a row over a selection that holds it several times', () => {
    expect(tiled([['a', 'b']], block(0, 0, 2, 1))).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b']])
  })

  it('leaves a block alone that does not fit evenly', () => {
    expect(tiled([['a'], ['b']], block(0, 0, 2, 0))).toEqual([['a'], ['b']])
    expect(tiled([['a', 'b']], block(4, 4, 4, 4))).toEqual([['a', 'b']])
  })
})

describe('overhang', () => {
  it('counts columns past the last one', () => {
    expect(overhang([['a', 'b', 'c'], ['d']], 9, 10)).toBe(2)
    expect(overhang([['a']], 9, 10)).toBe(0)
  })
})

describe('a dragged handle', () => {
  const source = block(2, 1, 3, 1)

  it('fills in the direction in which it went farther', () => {
    expect(extension(source, { row: 6, col: 2 })).toEqual({ source, side: 'down', target: block(4, 1, 6, 1) })
    expect(extension(source, { row: 3, col: 4 })?.target).toEqual(block(2, 2, 3, 4))
    expect(extension(source, { row: 0, col: 1 })?.target).toEqual(block(0, 1, 1, 1))
    expect(extension(source, { row: 2, col: 1 })).toBeNull()
  })

  it('continues each column downward, upward and each row to the right', () => {
    const down = extension(source, { row: 5, col: 1 })
    const up = extension(source, { row: 0, col: 1 })
    const right = extension(block(0, 0, 1, 0), { row: 0, col: 2 })
    if (!down || !up || !right) throw new Error('no extension')
    expect(extended([['3号楼'], ['4号楼']], down, 'smart', extend)).toEqual([['5号楼'], ['6号楼']])
    expect(extended([['3号楼'], ['4号楼']], up, 'smart', extend)).toEqual([['1号楼'], ['2号楼']])
    expect(extended([['1号楼'], ['住宅']], right, 'smart', extend)).toEqual([['2号楼', '3号楼'], ['住宅', '住宅']])
  })
})
