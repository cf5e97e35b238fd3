/** Walking over a board with the arrow keys. */
import type { BoardCell, RoomBoard } from '@/ipc'

export interface At {
  storey: number
  column: number
}

/** The cells of a storey over all entrances, left to right. */
export function line(board: RoomBoard, storey: number): (BoardCell | null)[] {
  return board.storeys[storey]?.cells.flat() ?? []
}

export function cellAt(board: RoomBoard, at: At): BoardCell | null {
  return line(board, at.storey)[at.column] ?? null
}

/** Where a dwelling stands. */
export function find(board: RoomBoard, dwelling: string): At | null {
  for (let storey = 0; storey < board.storeys.length; storey += 1) {
    const column = line(board, storey).findIndex((cell) => cell?.dwelling === dwelling)
    if (column >= 0) return { storey, column }
  }
  return null
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** The next dwelling in the direction of a key, over gaps; none at the edge. */
export function step(board: RoomBoard, from: At, key: string): At | null {
  if (key === 'Home' || key === 'End') {
    const cells = line(board, from.storey)
    const column = key === 'Home' ? cells.findIndex(Boolean) : cells.findLastIndex(Boolean)
    return column < 0 ? null : { storey: from.storey, column }
  }
  const [down, right] = STEPS[key] ?? [0, 0]
  if (down === 0 && right === 0) return null
  let { storey, column } = from
  for (;;) {
    storey += down
    column += right
    if (storey < 0 || storey >= board.storeys.length || column < 0 || column >= line(board, storey).length) return null
    if (cellAt(board, { storey, column })) return { storey, column }
  }
}
