/** Typing, pasting, clearing: every gesture is one command and one undo. */
import { type Ref, computed, ref } from 'vue'

import { type CellText, type EditGesture, type KindInfo, type WindowQuery, AppError, api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { type Extension, extended, overhang, tiled, turned } from '@/shared/grid/blocks'
import type { GridColumn } from '@/shared/grid/column'
import type { Block } from '@/shared/grid/selection'
import { type FillMode, extend } from '@/shared/grid/series'
import { readTsv } from '@/shared/grid/tsv'
import { tellDone, tellRefusal } from '@/shared/notice'

import { type Batch, type NewRow, filledOf, problemsOf } from './unsaved'
import type { useLedger } from './useLedger'

type Ledger = ReturnType<typeof useLedger>

/** Beyond so many rows the same text for all of them is sent once, instead of row by row. */
const MANY_ROWS = 2_000

export function useEditing(
  kind: Ref<KindInfo>,
  compound: Ref<string | null>,
  query: Ref<WindowQuery>,
  columns: Ref<GridColumn[]>,
  ledger: Ledger,
) {
  const write = useWrite()
  const { unsaved } = ledger
  const waiting = ref(0)
  const unwritten = ref(0)
  const under = new Set<Promise<void>>()

  function changed(): void {
    const refused = unsaved.refused()
    waiting.value = refused.reduce((sum, batch) => sum + problemsOf(batch), 0)
    unwritten.value = refused.reduce((sum, batch) => sum + (batch.state === 'failed' ? filledOf(batch) : 0), 0)
    ledger.redraw()
  }

  function send(batch: Batch): Promise<void> {
    unsaved.leave(batch)
    changed()
    const way = deliver(batch).finally(() => under.delete(way))
    under.add(way)
    return way
  }

  async function deliver(batch: Batch): Promise<void> {
    let later: NewRow[] = []
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
        if (unsaved.mended(batch) && complete(batch)) void send(batch)
      } else {
        later = unsaved.store(batch, reply.value.ids)
        if (batch.gesture !== 'edit' && cellCount(batch) > 1) tellDone(reply.sentence)
        if (reply.scopes.length === 0) unsaved.settle([batch])
      }
    } catch (cause) {
      unsaved.fail(batch)
      tellRefusal(toAppError(cause))
    }
    if (later.length > 0) void send(unsaved.add('edit', later))
    changed()
  }

  function complete(batch: Batch): boolean {
    const required = kind.value.fields.filter((field) => field.required)
    return batch.rows.every(
      (row) => row.id !== null || required.every((field) => (row.cells.get(field.code)?.text ?? '').trim() !== ''),
    )
  }

  /** One typed cell. A new row waits until the focus leaves it, so that a row is one step and stays where it is. */
  function edit(row: number, code: string, text: string): void {
    const inList = row < ledger.total.value
    const record = inList ? ledger.pages.peek(row) : undefined
    if (inList && !record) {
      void recordsOf(row, row).then((found) => found?.[0] && editRecord(found[0].id, code, text))
      return
    }
    const fresh = ledger.newRow(row)
    const id = record?.id ?? fresh?.id
    if (id) return editRecord(id, code, text, ledger.cell(row, code)?.text)
    if (!fresh) {
      if (text.trim() !== '') unsaved.add('edit', [{ id: null, cells: [[code, text]] }])
    } else {
      const batch = unsaved.retype(fresh.key, code, text)
      if (batch?.state === 'failed' || (batch?.state === 'waiting' && batch.gesture !== 'edit')) sendMended(batch)
      else if (batch?.state === 'waiting' && filledOf(batch) === 0) unsaved.discard(batch)
    }
    changed()
  }

  function editRecord(id: string, code: string, text: string, shown?: string): void {
    const batch = unsaved.retype(id, code, text)
    if (batch) sendMended(batch)
    else if (text !== shown) void send(unsaved.add('edit', [{ id, cells: [[code, text]] }]))
    changed()
  }

  function sendMended(batch: Batch): void {
    if (unsaved.mended(batch) && complete(batch)) void send(batch)
  }

  /** The focus left a new row: send it, so that what is missing is told. */
  function leaveRow(row: number): void {
    const fresh = ledger.newRow(row)
    const batch = fresh && unsaved.waitingOf(fresh.key)
    if (batch && batch.gesture === 'edit' && problemsOf(batch) === 0) void send(batch)
  }

  /** The focus left the grid: rows that are complete go; the others may still be gone on with. */
  function leaveGrid(): void {
    for (const batch of unsaved.open()) {
      if (batch.state === 'waiting' && batch.gesture === 'edit') sendMended(batch)
    }
  }

  /** Sends what can be sent, waits for the answers, and counts the cells that stand nowhere but here. */
  async function finish(): Promise<number> {
    leaveGrid()
    while (under.size > 0) await Promise.all(under)
    return unsaved.open().reduce((sum, batch) => sum + (problemsOf(batch) > 0 ? problemsOf(batch) : filledOf(batch)), 0)
  }

  async function sendBlock(gesture: EditGesture, top: number, left: number, cells: string[][]): Promise<void> {
    const last = Math.min(top + cells.length, ledger.total.value) - 1
    const records = await recordsOf(top, last)
    if (records === null) return
    const rows: NewRow[] = []
    cells.forEach((texts, at) => {
      const typed = texts.flatMap((text, by): [string, string][] => {
        const column = columns.value[left + by]
        return column ? [[column.code, text]] : []
      })
      // A row that waits already is typed into; it does not come a second time.
      if (ledger.newRow(top + at)) typed.forEach(([code, text]) => edit(top + at, code, text))
      else rows.push({ id: records[at]?.id ?? null, cells: typed })
    })
    const filled = rows.filter((row) => row.id !== null || row.cells.some(([, text]) => text.trim() !== ''))
    if (filled.length > 0) await send(unsaved.add(gesture, filled))
  }

  /** The stored records of these rows; none, and told, when one of them cannot be read now. */
  async function recordsOf(top: number, last: number) {
    if (last < top) return []
    const records = await ledger.pages.range(top, last)
    const known = records.flatMap((record) => (record ? [record] : []))
    if (known.length === records.length) return known
    tellRefusal(
      new AppError('internal', '这一步没有做', '选中的行里有几行还没有读出来，台账没有改动。', '请等表格显示完整以后再做一次。'),
    )
    return null
  }

  /** The same cells for many rows, in one command. */
  async function setRows(gesture: EditGesture, from: number, count: number, cells: CellText[]): Promise<boolean> {
    try {
      const reply = await write(() => api.recordSet({ query: query.value, from, count, cells, gesture }))
      const { problems, refused } = reply.value
      if (problems.length === 0) {
        tellDone(reply.sentence)
        return true
      }
      const first = problems[0]
      tellRefusal(
        new AppError(
          'invalid',
          `有 ${refused} 格不能这样填`,
          `${first?.place}：${first?.message} 台账没有改动。`,
          '请改正内容，或者少选几行再做一次。',
        ),
      )
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
    return false
  }

  /** The stored rows of a block. */
  function stored(selected: Block): Block {
    return { ...selected, bottom: Math.min(selected.bottom, ledger.total.value - 1) }
  }

  /** Every cell of the block gets the text of its column. */
  async function fillRows(gesture: EditGesture, area: Block, texts: string[]): Promise<void> {
    const count = area.bottom - area.top + 1
    if (count <= 0) return
    if (count <= MANY_ROWS) {
      return sendBlock(gesture, area.top, area.left, Array.from({ length: count }, () => [...texts]))
    }
    const cells = texts.flatMap((text, by): CellText[] => {
      const column = columns.value[area.left + by]
      return column ? [{ field: column.code, text }] : []
    })
    await setRows(gesture, area.top, count, cells)
  }

  const row = (text: string, { left, right }: Block) => new Array<string>(right - left + 1).fill(text)

  /** A block from the clipboard; a single cell fills the selected block. */
  async function paste(selected: Block, text: string): Promise<void> {
    const cells = readTsv(text)
    if (cells.length === 0) return
    const single = cells.length === 1 && cells[0]?.length === 1 ? (cells[0][0] ?? '') : null
    if (single !== null) return fillWith(selected, single, 'paste')
    const lost = overhang(cells, selected.left, columns.value.length)
    await sendBlock('paste', selected.top, selected.left, tiled(cells, selected))
    if (lost > 0) {
      tellRefusal(
        new AppError('invalid', `右边有 ${lost} 列放不下`, '表格右边没有那么多列，放不下的几列没有粘贴，其余的已经粘贴。', '请从更靠左的一格开始粘贴，或者先在“列…”里显示需要的列。'),
      )
    }
  }

  /** One text for every cell of the block, as Ctrl+Enter and pasting one cell do. */
  async function fillWith(selected: Block, text: string, one: EditGesture = 'edit'): Promise<void> {
    const area = { ...selected, bottom: Math.max(selected.top, stored(selected).bottom) }
    const many = area.bottom > area.top || area.right > area.left
    await fillRows(many ? 'fill' : one, area, row(text, area))
  }

  async function clear(selected: Block): Promise<void> {
    for (let row = Math.max(selected.top, ledger.total.value); ledger.newRow(row) && row <= selected.bottom; row += 1) {
      for (const column of columns.value.slice(selected.left, selected.right + 1)) {
        if (ledger.cell(row, column.code)?.text) edit(row, column.code, '')
      }
    }
    await fillRows('clear', stored(selected), row('', selected))
  }

  /** The texts of a block as they stand. */
  async function texts(area: Block): Promise<string[][] | null> {
    const records = await recordsOf(area.top, area.bottom)
    return records && records.map((record) => columns.value.slice(area.left, area.right + 1).map((column) => ledger.shown(record, column.code)))
  }

  /** The first row of the block goes down over the others; of a single row, the one above. */
  async function fillDown(selected: Block): Promise<void> {
    const area = stored(selected)
    const alone = area.top === area.bottom
    const from = alone ? area.top - 1 : area.top
    if (from < 0 || area.bottom < area.top) return
    const source = await texts({ ...area, top: from, bottom: from })
    if (source?.[0]) await fillRows('fill', { ...area, top: from + 1 }, source[0])
  }

  /** The first column of the block goes over the others; of a single column, the one at its left. */
  async function fillRight(selected: Block): Promise<void> {
    const area = stored(selected)
    const from = area.left === area.right ? area.left - 1 : area.left
    if (from < 0 || area.bottom < area.top) return
    const source = await texts({ ...area, left: from, right: from })
    const width = area.right - from
    if (source) await sendBlock('fill', area.top, from + 1, source.map(([text = '']) => new Array<string>(width).fill(text)))
  }

  /** Each column of the block goes on as its first filled cells begin. */
  async function fillSeries(selected: Block): Promise<void> {
    const area = stored(selected)
    const present = await texts(area)
    if (!present || present.length < 2) return
    const filled = turned(present).map((cells) => {
      // The cells above the first empty one begin the series; in a full column it is the first alone.
      const empty = cells.indexOf('')
      const seeds = cells.slice(0, empty < 0 ? 1 : empty)
      return seeds.length === 0 ? cells : [...seeds, ...extend(seeds, cells.length - seeds.length, 'series')]
    })
    await sendBlock('fill', area.top, area.left, turned(filled))
  }

  /** The handle of a block was dragged. `otherwise`: copy what would count on, count what would be copied. */
  async function fillAlong(along: Extension, otherwise: boolean): Promise<void> {
    const source = await texts(along.source)
    if (!source) return
    let mode: FillMode = 'smart'
    if (otherwise) {
      const smart = JSON.stringify(extended(source, along, 'smart', extend))
      mode = smart === JSON.stringify(extended(source, along, 'copy', extend)) ? 'series' : 'copy'
    }
    const { target } = along
    const filled = extended(source, along, mode, extend)
    const even = filled.length > MANY_ROWS && filled.every((one) => JSON.stringify(one) === JSON.stringify(filled[0]))
    if (even && filled[0]) await fillRows('fill', target, filled[0])
    else await sendBlock('fill', target.top, target.left, filled)
  }

  return {
    edit,
    leaveRow,
    paste,
    fillWith,
    clear,
    texts,
    setRows,
    fillDown,
    fillRight,
    fillSeries,
    fillAlong,
    leaveGrid,
    finish,
    waiting: computed(() => waiting.value),
    unwritten: computed(() => unwritten.value),
    retry: () => unsaved.refused().forEach((batch) => void send(batch)),
    giveUp: () => {
      unsaved.discardAll()
      changed()
    },
  }
}

function cellCount(batch: Batch): number {
  return batch.rows.reduce((sum, row) => sum + row.cells.size, 0)
}
