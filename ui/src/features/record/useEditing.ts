/** Typing, pasting, clearing: every gesture is one command and one undo. */
import { type Ref, computed, ref } from 'vue'

import { type EditGesture, type KindInfo, api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import type { GridColumn } from '@/shared/grid/column'
import type { Block } from '@/shared/grid/selection'
import { readTsv } from '@/shared/grid/tsv'
import { tellDone, tellRefusal } from '@/shared/notice'

import { type Batch, type NewRow, problemsOf } from './unsaved'
import type { useLedger } from './useLedger'

type Ledger = ReturnType<typeof useLedger>

export function useEditing(
  kind: Ref<KindInfo>,
  compound: Ref<string | null>,
  columns: Ref<GridColumn[]>,
  ledger: Ledger,
) {
  const write = useWrite()
  const { unsaved } = ledger
  const waiting = ref(0)
  const newRows = ref(0)

  function changed(): void {
    waiting.value = unsaved.refused().reduce((sum, batch) => sum + problemsOf(batch), 0)
    newRows.value = unsaved.newRows().length
    ledger.redraw()
  }

  async function send(batch: Batch): Promise<void> {
    changed()
    try {
      const reply = await write(() =>
        api.recordEdit({
          kind: kind.value.kind,
          compound: compound.value,
          gesture: batch.gesture,
          edits: unsaved.edits(batch),
        }),
      )
      if (reply.value.problems.length > 0) {
        unsaved.refuse(batch, reply.value.problems)
      } else {
        unsaved.store(batch)
        if (batch.gesture !== 'edit') tellDone(reply.sentence)
        if (reply.scopes.length === 0) unsaved.settle()
      }
    } catch (cause) {
      unsaved.discard(batch)
      tellRefusal(toAppError(cause))
    }
    changed()
  }

  function complete(batch: Batch): boolean {
    const required = kind.value.fields.filter((field) => field.required)
    return batch.rows.every(
      (row) => row.id !== null || required.every((field) => (row.cells.get(field.code)?.text ?? '').trim() !== ''),
    )
  }

  /** One typed cell. A new row is sent when everything required stands in it. */
  function edit(row: number, code: string, text: string): void {
    const record = row < ledger.total.value ? ledger.pages.peek(row) : undefined
    const key = record?.id ?? ledger.newRow(row)?.key
    const batch = key === undefined ? undefined : unsaved.retype(key, code, text)
    if (batch) {
      if (unsaved.mended(batch) && complete(batch)) void send(batch)
      else changed()
      return
    }
    if (record) {
      if (ledger.cell(row, code)?.text !== text) void send(unsaved.add('edit', [{ id: record.id, cells: [[code, text]] }]))
    } else if (row >= ledger.total.value && text.trim() !== '') {
      const made = unsaved.add('edit', [{ id: null, cells: [[code, text]] }])
      if (complete(made)) void send(made)
      else changed()
    }
  }

  /** The focus left a new row: send it, so that what is missing is told. */
  function leaveRow(row: number): void {
    const key = ledger.newRow(row)?.key
    const batch = key === undefined ? undefined : unsaved.batchOf(key)
    if (batch && batch.gesture === 'edit') void send(batch)
  }

  async function sendBlock(gesture: EditGesture, top: number, left: number, cells: string[][]): Promise<void> {
    const last = Math.min(top + cells.length, ledger.total.value) - 1
    const records = last >= top ? await ledger.pages.range(top, last) : []
    const rows: NewRow[] = cells.map((texts, at) => ({
      id: records[at]?.id ?? null,
      cells: texts.flatMap((text, by): [string, string][] => {
        const column = columns.value[left + by]
        return column ? [[column.code, text]] : []
      }),
    }))
    const filled = rows.filter((row) => row.id !== null || row.cells.some(([, text]) => text.trim() !== ''))
    if (filled.length > 0) await send(unsaved.add(gesture, filled))
  }

  /** A block from the clipboard; a single cell fills the selected block. */
  async function paste(selected: Block, text: string): Promise<void> {
    const cells = readTsv(text)
    if (cells.length === 0) return
    const single = cells.length === 1 && cells[0]?.length === 1 ? (cells[0][0] ?? '') : null
    if (single === null) return sendBlock('paste', selected.top, selected.left, cells)
    const bottom = Math.max(selected.top, Math.min(selected.bottom, ledger.total.value - 1))
    const width = selected.right - selected.left + 1
    const filled = Array.from({ length: bottom - selected.top + 1 }, () => new Array<string>(width).fill(single))
    return sendBlock(filled.length * width > 1 ? 'fill' : 'paste', selected.top, selected.left, filled)
  }

  async function clear(selected: Block): Promise<void> {
    const bottom = Math.min(selected.bottom, ledger.total.value - 1)
    if (bottom < selected.top) return
    const width = selected.right - selected.left + 1
    const empty = Array.from({ length: bottom - selected.top + 1 }, () => new Array<string>(width).fill(''))
    await sendBlock('edit', selected.top, selected.left, empty)
  }

  return {
    edit,
    leaveRow,
    paste,
    clear,
    newRows,
    waiting: computed(() => waiting.value),
    retry: () => unsaved.refused().forEach((batch) => void send(batch)),
    giveUp: () => {
      unsaved.discardAll()
      changed()
    },
  }
}
