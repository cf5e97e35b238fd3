/** Typed cells that are not stored yet: one batch per gesture, stored whole or not at all. */
import type { CellProblem, EditGesture, RecordEdit } from '@/ipc'

export interface UnsavedCell {
  text: string
  problem?: string
}

export interface UnsavedRow {
  /** The record's key, or a made-up one for a new record. */
  key: string
  id: string | null
  cells: Map<string, UnsavedCell>
}

export interface Batch {
  gesture: EditGesture
  rows: UnsavedRow[]
  /** The rows by key: a pasted block has thousands, and every drawn cell asks. */
  byKey: Map<string, UnsavedRow>
  /** Stored; its texts are shown until the stored ones arrive. */
  stored: boolean
}

export interface NewRow {
  id: string | null
  cells: [code: string, text: string][]
}

export class Unsaved {
  private batches: Batch[] = []
  private made = 0

  add(gesture: EditGesture, rows: NewRow[]): Batch {
    const made = rows.map(({ id, cells }): UnsavedRow => ({
      key: id ?? `new:${(this.made += 1)}`,
      id,
      cells: new Map(cells.map(([code, text]) => [code, { text }])),
    }))
    const batch: Batch = { gesture, stored: false, rows: made, byKey: new Map(made.map((row) => [row.key, row])) }
    this.batches.push(batch)
    return batch
  }

  /** The typed text of a cell, the newest first. */
  cell(key: string, code: string): UnsavedCell | undefined {
    for (let at = this.batches.length - 1; at >= 0; at -= 1) {
      const cell = this.batches[at]?.byKey.get(key)?.cells.get(code)
      if (cell) return cell
    }
    return undefined
  }

  /** Types into a cell that waits already, or into a new row; none when the cell does not wait. */
  retype(key: string, code: string, text: string): Batch | undefined {
    for (const batch of [...this.batches].reverse()) {
      if (batch.stored) continue
      const row = batch.byKey.get(key)
      if (row && (row.id === null || row.cells.has(code))) {
        row.cells.set(code, { text })
        return batch
      }
    }
    return undefined
  }

  /** New records not stored yet, in the order in which they stand below the list. */
  newRows(): UnsavedRow[] {
    return this.batches.filter((batch) => !batch.stored).flatMap((batch) => batch.rows.filter((row) => row.id === null))
  }

  edits(batch: Batch): RecordEdit[] {
    return batch.rows.map((row) => ({
      id: row.id,
      cells: [...row.cells].map(([field, { text }]) => ({ field, text })),
    }))
  }

  refuse(batch: Batch, problems: CellProblem[]): void {
    for (const row of batch.rows) for (const cell of row.cells.values()) delete cell.problem
    for (const { edit, field, text, message } of problems) {
      const row = batch.rows[edit]
      if (!row) continue
      row.cells.set(field, { text: row.cells.get(field)?.text ?? text, problem: message })
    }
  }

  store(batch: Batch): void {
    batch.stored = true
  }

  /** Batches that are stored by now. */
  stored(): Batch[] {
    return this.batches.filter((batch) => batch.stored)
  }

  /** The stored texts of these batches have arrived. */
  settle(arrived: Batch[] = this.stored()): void {
    this.batches = this.batches.filter((batch) => !arrived.includes(batch))
  }

  discard(batch: Batch): void {
    this.batches = this.batches.filter((other) => other !== batch)
  }

  discardAll(): void {
    this.batches = this.batches.filter((batch) => batch.stored)
  }

  /** A batch whose problems were all typed over. */
  mended(batch: Batch): boolean {
    return this.batches.includes(batch) && problemsOf(batch) === 0
  }

  /** Batches that were refused. */
  refused(): Batch[] {
    return this.batches.filter((batch) => !batch.stored && problemsOf(batch) > 0)
  }

  batchOf(key: string): Batch | undefined {
    return this.batches.find((batch) => !batch.stored && batch.byKey.has(key))
  }
}

export function problemsOf(batch: Batch): number {
  return batch.rows.reduce(
    (sum, row) => sum + [...row.cells.values()].filter((cell) => cell.problem !== undefined).length,
    0,
  )
}
