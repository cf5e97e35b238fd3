/** Blocks of texts against the selected cells. */
import type { FillMode } from './series'
import { type Block, type Cell } from './selection'

/** Where a dragged handle leads: the cells that are filled, and from which side. */
export interface Extension {
  source: Block
  target: Block
  side: 'down' | 'up' | 'right' | 'left'
}

/** The block repeated over the selected cells when they hold it several times, as spreadsheets do. */
export function tiled(cells: readonly (readonly string[])[], selected: Block): string[][] {
  const height = cells.length
  const width = Math.max(...cells.map((row) => row.length))
  const rows = selected.bottom - selected.top + 1
  const cols = selected.right - selected.left + 1
  const repeats = rows % height === 0 && cols % width === 0 && rows * cols > height * width
  if (!repeats) return cells.map((row) => [...row])
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_, col) => cells[row % height]?.[col % width] ?? ''),
  )
}

/** Columns of a block that find no place to the right. */
export function overhang(cells: readonly (readonly string[])[], left: number, columns: number): number {
  return Math.max(0, left + Math.max(...cells.map((row) => row.length)) - columns)
}

/** What dragging the handle of a block to a cell fills: in one direction only, the farther one. */
export function extension(source: Block, to: Cell): Extension | null {
  const down = to.row - source.bottom
  const up = source.top - to.row
  const right = to.col - source.right
  const left = source.left - to.col
  const most = Math.max(down, up, right, left)
  if (most <= 0) return null
  if (most === down) return { source, side: 'down', target: { ...source, top: source.bottom + 1, bottom: to.row } }
  if (most === up) return { source, side: 'up', target: { ...source, top: to.row, bottom: source.top - 1 } }
  if (most === right) return { source, side: 'right', target: { ...source, left: source.right + 1, right: to.col } }
  return { source, side: 'left', target: { ...source, left: to.col, right: source.left - 1 } }
}

/** Rows become columns. */
export function turned(cells: readonly (readonly string[])[]): string[][] {
  const width = Math.max(0, ...cells.map((row) => row.length))
  return Array.from({ length: width }, (_, col) => cells.map((row) => row[col] ?? ''))
}

/** The texts that fill an extension, from the texts of its source. */
export function extended(
  texts: string[][],
  { target, side }: Extension,
  mode: FillMode,
  extend: (seeds: string[], count: number, mode: FillMode, backward: boolean) => string[],
): string[][] {
  const vertical = side === 'down' || side === 'up'
  const backward = side === 'up' || side === 'left'
  const count = vertical ? target.bottom - target.top + 1 : target.right - target.left + 1
  const lines = (vertical ? turned(texts) : texts).map((seeds) => {
    const more = extend(seeds, count, mode, backward)
    return backward ? more.reverse() : more
  })
  return vertical ? turned(lines) : lines
}
