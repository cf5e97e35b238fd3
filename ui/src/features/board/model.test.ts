import { describe, expect, it } from 'vitest'

import type { BoardCell, RoomBoard } from '@/ipc'

import { cellAt, find, step } from './model'

const cell = (dwelling: string) => ({ dwelling }) as BoardCell
const board = {
  storeys: [
    { label: '2层', cells: [[cell('a'), null], [cell('b')]] },
    { label: '1层', cells: [[cell('c'), cell('d')], [cell('e')]] },
  ],
} as unknown as RoomBoard

describe('walking over a board', () => {
  it('goes over entrances and gaps', () => {
    expect(step(board, { storey: 0, column: 0 }, 'ArrowRight')).toEqual({ storey: 0, column: 2 })
    expect(step(board, { storey: 1, column: 1 }, 'ArrowUp')).toBeNull()
    expect(step(board, { storey: 0, column: 2 }, 'ArrowDown')).toEqual({ storey: 1, column: 2 })
  })

  it('stays at the edge and jumps to the ends', () => {
    expect(step(board, { storey: 0, column: 0 }, 'ArrowLeft')).toBeNull()
    expect(step(board, { storey: 1, column: 0 }, 'End')).toEqual({ storey: 1, column: 2 })
    expect(step(board, { storey: 1, column: 2 }, 'Home')).toEqual({ storey: 1, column: 0 })
    expect(step(board, { storey: 1, column: 0 }, 'x')).toBeNull()
  })

  it('finds a dwelling again', () => {
    expect(find(board, 'd')).toEqual({ storey: 1, column: 1 })
    expect(find(board, 'z')).toBeNull()
    expect(cellAt(board, { storey: 0, column: 1 })).toBeNull()
  })
})
