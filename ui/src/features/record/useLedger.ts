/** The rows of a ledger grid: pages from the commands, typed cells on top of them. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { type Ref, computed, ref, watch } from 'vue'

import { type KindInfo, type RecordRow, type WindowQuery, api, toAppError } from '@/ipc'
import { scope } from '@/ipc/changes'
import type { GridCell } from '@/shared/grid/column'
import { Pages } from '@/shared/grid/pages'
import { tellRefusal } from '@/shared/notice'

import { Unsaved, type UnsavedRow } from './unsaved'

export function useLedger(kind: Ref<KindInfo>, query: Ref<WindowQuery>) {
  const client = useQueryClient()
  const version = ref(0)
  const total = ref(0)
  const ready = ref(false)
  const unsaved = new Unsaved()
  const redraw = () => {
    version.value += 1
  }

  const pages = new Pages<RecordRow>(
    (offset, limit) =>
      client.fetchQuery({
        queryKey: [scope.records, kind.value.kind, 'window', { ...query.value }, offset],
        queryFn: () => api.recordWindow(query.value, offset, limit),
        staleTime: 0,
        gcTime: 0,
        retry: false,
      }),
    () => {
      total.value = pages.total
      ready.value = true
      redraw()
    },
    (cause) => tellRefusal(toAppError(cause)),
    (run) => setTimeout(run, 30),
  )

  const totals = useQuery({
    queryKey: computed(() => [scope.records, kind.value.kind, 'totals', query.value]),
    queryFn: () => api.recordTotals(query.value),
    placeholderData: (before) => before,
  })

  const key = computed(() => JSON.stringify(query.value))
  // Texts that wait stay with their records, whichever way the list is sorted or narrowed.
  async function restart(): Promise<void> {
    const due = unsaved.stored()
    if (!(await pages.restart())) return
    unsaved.settle(due)
    redraw()
  }
  watch(key, () => void restart(), { immediate: true })
  // The totals are read again after each change of these records: then the rows are stale as well.
  watch(
    () => [key.value, totals.dataUpdatedAt.value] as const,
    async ([now, at], [before, previous]) => {
      if (now !== before || at === 0 || previous === 0) return
      const due = unsaved.stored()
      if (!(await pages.refresh())) return
      unsaved.settle(due)
      redraw()
    },
  )

  const position = computed(() => new Map(kind.value.fields.map((field, at) => [field.code, at])))

  function newRow(row: number): UnsavedRow | undefined {
    return unsaved.newRows()[row - total.value]
  }

  function cell(row: number, code: string): GridCell | undefined {
    if (row >= total.value) {
      const fresh = newRow(row)
      return (fresh && unsaved.cell(fresh.id ?? fresh.key, code)) ?? { text: '' }
    }
    const record = pages.row(row)
    if (record === undefined) return undefined
    return unsaved.cell(record.id, code) ?? { text: textOf(record, code) }
  }

  /** What a row is, wherever it stands. The empty row at the end is the new row that it will become. */
  function keyOf(row: number): string | undefined {
    return row < total.value ? pages.peek(row)?.id : (newRow(row)?.key ?? unsaved.nextKey)
  }

  /** Where a row stands now. A new row that went out of sight with its storing leaves the empty row in its place. */
  function rowOf(key: string): number | undefined {
    const fresh = unsaved.newRows()
    const below = fresh.findIndex((row) => row.key === key)
    if (below >= 0) return total.value + below
    const id = unsaved.recordOf(key)
    const listed = pages.find((record) => record.id === (id ?? key))
    return listed ?? (key.startsWith('new:') ? total.value + fresh.length : undefined)
  }

  function textOf(record: RecordRow, code: string): string {
    return record.cells[position.value.get(code) ?? -1] ?? ''
  }

  return {
    version,
    total,
    ready,
    unsaved,
    pages,
    redraw,
    cell,
    newRow,
    newRows: computed(() => (void version.value, unsaved.newRows().length)),
    keyOf,
    rowOf,
    totals: totals.data,
    sum: (code: string) => totals.data.value?.sums[position.value.get(code) ?? -1] ?? '',
    /** The text of a record's cell as it is seen, typed texts before stored ones. */
    shown: (record: RecordRow, code: string) => unsaved.cell(record.id, code)?.text ?? textOf(record, code),
    /** When the totals, and so the rows, were read last. */
    readAt: totals.dataUpdatedAt,
  }
}
