/** The selected cells of a grid: a block between an anchor and the cell with the focus. */

export interface Cell {
  row: number
  col: number
}

export interface Selection {
  anchor: Cell
  head: Cell
}

export interface Bounds {
  rows: number
  cols: number
  /** Rows of one screen. */
  page: number
  /** Whether a cell holds a text; not known of rows that were not read yet. */
  filled: (row: number, col: number) => boolean | undefined
}

export interface Block {
  top: number
  left: number
  bottom: number
  right: number
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'next' | 'previous'

const clamp = (value: number, limit: number) => Math.max(0, Math.min(value, limit - 1))

export function at(row: number, col: number): Selection {
  return { anchor: { row, col }, head: { row, col } }
}

export function block({ anchor, head }: Selection): Block {
  return {
    top: Math.min(anchor.row, head.row),
    left: Math.min(anchor.col, head.col),
    bottom: Math.max(anchor.row, head.row),
    right: Math.max(anchor.col, head.col),
  }
}

export function contains({ top, left, bottom, right }: Block, row: number, col: number): boolean {
  return row >= top && row <= bottom && col >= left && col <= right
}

/** Where the focus goes after a cell was typed. */
export function step({ head }: Selection, to: Step, bounds: Bounds): Selection {
  const { row, col } = head
  switch (to) {
    case 'up':
      return at(clamp(row - 1, bounds.rows), col)
    case 'down':
      return at(clamp(row + 1, bounds.rows), col)
    case 'left':
      return at(row, clamp(col - 1, bounds.cols))
    case 'right':
      return at(row, clamp(col + 1, bounds.cols))
    case 'next':
      return col + 1 < bounds.cols ? at(row, col + 1) : at(clamp(row + 1, bounds.rows), row + 1 < bounds.rows ? 0 : col)
    case 'previous':
      return col > 0 ? at(row, col - 1) : at(clamp(row - 1, bounds.rows), row > 0 ? bounds.cols - 1 : 0)
  }
}

/** Where a key moves the focus; none when the key does not move it. */
export function moved(
  selection: Selection,
  key: string,
  shift: boolean,
  ctrl: boolean,
  bounds: Bounds,
): Selection | null {
  const { row, col } = selection.head
  const head = destination(row, col, key, ctrl, bounds)
  if (head === null) return null
  const cell = { row: clamp(head.row, bounds.rows), col: clamp(head.col, bounds.cols) }
  return shift ? { anchor: selection.anchor, head: cell } : { anchor: cell, head: cell }
}

/** With Ctrl: to the end of the filled cells, or over empty ones to the next filled cell, as in Excel. */
function jump(from: number, by: 1 | -1, count: number, filled: (at: number) => boolean | undefined): number {
  const edge = by > 0 ? count - 1 : 0
  let at = from + by
  if (at < 0 || at >= count) return from
  if (filled(from) && filled(at)) {
    while (at !== edge && filled(at + by)) at += by
    // Beyond what was read the run is taken to go on.
    return at !== edge && filled(at + by) === undefined ? edge : at
  }
  while (at !== edge && filled(at) === false) at += by
  return at
}

function destination(row: number, col: number, key: string, ctrl: boolean, bounds: Bounds): Cell | null {
  const along = (by: 1 | -1) => jump(row, by, bounds.rows, (at) => bounds.filled(at, col))
  const across = (by: 1 | -1) => jump(col, by, bounds.cols, (at) => bounds.filled(row, at))
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? along(-1) : row - 1, col }
    case 'ArrowDown':
      return { row: ctrl ? along(1) : row + 1, col }
    case 'ArrowLeft':
      return { row, col: ctrl ? across(-1) : col - 1 }
    case 'ArrowRight':
      return { row, col: ctrl ? across(1) : col + 1 }
    case 'Home':
      return { row: ctrl ? 0 : row, col: 0 }
    case 'End':
      return { row: ctrl ? bounds.rows - 1 : row, col: bounds.cols - 1 }
    case 'PageUp':
      return { row: row - bounds.page, col }
    case 'PageDown':
      return { row: row + bounds.page, col }
    default:
      return null
  }
}
