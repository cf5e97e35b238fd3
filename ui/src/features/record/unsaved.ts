/** Typed cells that are not stored yet: one batch per gesture, stored whole or not at all. */
import type { CellProblem, EditGesture, RecordEdit } from '@/ipc'

export interface UnsavedCell {
  text: string
  problem?: string
}

export interface UnsavedRow {
  /** The record's key, or a made-up one for a new record; it stays while the row is here. */
  key: string
  /** None until a new record is stored. */
  id: string | null
  fresh: boolean
  cells: Map<string, UnsavedCell>
  /** Typed while the row was on its way. */
  later: Map<string, UnsavedCell>
}

/**
 * `waiting`: typed or refused. `sending`: on its way; nothing of it may go a second time. `failed`: could not be
 * written, to be sent again. `stored`: its texts are shown until the stored ones arrive.
 */
export type BatchState = 'waiting' | 'sending' | 'failed' | 'stored'

export interface Batch {
  gesture: EditGesture
  rows: UnsavedRow[]
  /** The rows by key: a pasted block has thousands, and every drawn cell asks. */
  byKey: Map<string, UnsavedRow>
  state: BatchState
}

export interface NewRow {
  id: string | null
  cells: [code: string, text: string][]
}

const NOT_WRITTEN = '这一格还没有写进台账'

export class Unsaved {
  private batches: Batch[] = []
  private made = 0
  /** Which record a new row has become. */
  private readonly became = new Map<string, string>()

  /** The key that the next new row will have: the empty row at the end has it already. */
  get nextKey(): string {
    return `new:${this.made + 1}`
  }

  /** The record of a row that was new. */
  recordOf(key: string): string | undefined {
    return this.became.get(key)
  }

  add(gesture: EditGesture, rows: NewRow[]): Batch {
    const made = rows.map(({ id, cells }): UnsavedRow => ({
      key: id ?? `new:${(this.made += 1)}`,
      id,
      fresh: id === null,
      cells: new Map(cells.map(([code, text]) => [code, { text }])),
      later: new Map(),
    }))
    const batch: Batch = { gesture, state: 'waiting', rows: made, byKey: new Map(made.map((row) => [row.key, row])) }
    this.batches.push(batch)
    return batch
  }

  /** The typed text of a cell, the newest first. */
  cell(key: string, code: string): UnsavedCell | undefined {
    for (let at = this.batches.length - 1; at >= 0; at -= 1) {
      const batch = this.batches[at]
      const row = batch?.byKey.get(key)
      const cell = row?.later.get(code) ?? row?.cells.get(code)
      if (cell) return batch?.state === 'failed' && !cell.problem ? { ...cell, problem: NOT_WRITTEN } : cell
    }
    return undefined
  }

  /** Types into a cell that waits already, or into a new row; none when the cell does not wait. */
  retype(key: string, code: string, text: string): Batch | undefined {
    for (const batch of [...this.batches].reverse()) {
      const row = batch.state === 'stored' ? undefined : batch.byKey.get(key)
      if (!row) continue
      if (batch.state === 'sending') {
        if (row.id !== null) continue
        row.later.set(code, { text })
        return batch
      }
      if (row.id === null || row.cells.has(code)) {
        row.cells.set(code, { text })
        return batch
      }
    }
    return undefined
  }

  /** New records that do not stand in the list yet, in the order in which they stand below it. */
  newRows(): UnsavedRow[] {
    return this.batches.flatMap((batch) => batch.rows.filter((row) => row.fresh))
  }

  edits(batch: Batch): RecordEdit[] {
    return batch.rows.map((row) => ({
      id: row.id,
      cells: [...row.cells].map(([field, { text }]) => ({ field, text })),
    }))
  }

  refuse(batch: Batch, problems: CellProblem[]): void {
    batch.state = 'waiting'
    for (const row of batch.rows) for (const cell of row.cells.values()) delete cell.problem
    for (const { edit, field, text, message } of problems) {
      const row = batch.rows[edit]
      if (!row) continue
      row.cells.set(field, { text: row.cells.get(field)?.text ?? text, problem: message })
    }
    this.takeBack(batch)
  }

  /** What was typed while the batch was on its way stands in its cells again. */
  private takeBack(batch: Batch): void {
    for (const row of batch.rows) {
      for (const [code, cell] of row.later) row.cells.set(code, cell)
      row.later.clear()
    }
  }

  /** On its way: what is typed into its new rows waits for the answer. */
  leave(batch: Batch): void {
    batch.state = 'sending'
  }

  /** It could not be written; every text is kept. */
  fail(batch: Batch): void {
    batch.state = 'failed'
    this.takeBack(batch)
  }

  /** Stored under these keys. What was typed meanwhile comes back, as edits of the records. */
  store(batch: Batch, ids: string[]): NewRow[] {
    batch.state = 'stored'
    return batch.rows.flatMap((row, at): NewRow[] => {
      const id = row.id ?? ids[at] ?? null
      if (id === null) return []
      if (row.id === null) {
        row.id = id
        this.became.set(row.key, id)
        batch.byKey.set(id, row)
      }
      const later = [...row.later].map(([code, { text }]): [string, string] => [code, text])
      this.takeBack({ ...batch, rows: [row] })
      return later.length > 0 ? [{ id, cells: later }] : []
    })
  }

  /** Batches that are stored by now. */
  stored(): Batch[] {
    return this.batches.filter((batch) => batch.state === 'stored')
  }

  /** The stored texts of these batches have arrived. */
  settle(arrived: Batch[] = this.stored()): void {
    this.batches = this.batches.filter((batch) => !arrived.includes(batch))
  }

  discard(batch: Batch): void {
    this.batches = this.batches.filter((other) => other !== batch)
  }

  /** Everything that does not stand in the ledger and is not on its way. */
  discardAll(): void {
    this.batches = this.batches.filter((batch) => batch.state === 'stored' || batch.state === 'sending')
  }

  /** A batch whose problems were all typed over. */
  mended(batch: Batch): boolean {
    return this.batches.includes(batch) && problemsOf(batch) === 0
  }

  /** Batches that were refused or could not be written. */
  refused(): Batch[] {
    return this.batches.filter((batch) => batch.state === 'failed' || (batch.state === 'waiting' && problemsOf(batch) > 0))
  }

  /** Batches that do not stand in the ledger. */
  open(): Batch[] {
    return this.batches.filter((batch) => batch.state !== 'stored')
  }

  /** The batch of a new row that waits to be sent. */
  waitingOf(key: string): Batch | undefined {
    return this.batches.find((batch) => batch.state === 'waiting' && batch.byKey.has(key))
  }
}

export function problemsOf(batch: Batch): number {
  return batch.rows.reduce(
    (sum, row) => sum + [...row.cells.values()].filter((cell) => cell.problem !== undefined).length,
    0,
  )
}

/** Cells with a text. */
export function filledOf(batch: Batch): number {
  return batch.rows.reduce((sum, row) => sum + [...row.cells.values()].filter((cell) => cell.text.trim() !== '').length, 0)
}
