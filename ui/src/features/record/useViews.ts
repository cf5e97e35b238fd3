/** Saved views: columns, widths, order and filters under a name. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { type Ref, computed, ref } from 'vue'

import { type ColumnFilter, type GridView, type KindInfo, type SortColumn, api, toAppError } from '@/ipc'
import { scope } from '@/ipc/changes'
import { tellDone, tellRefusal } from '@/shared/notice'

import type { Layout } from './columns'

/** What a grid looks like at the moment. */
export interface Looks {
  layout: Layout
  search: string
  filters: ColumnFilter[]
  sort: SortColumn[]
  /** The column by which rows are grouped at the foot. */
  group: string | null
}

const PLAIN: Looks = { layout: { shown: null, widths: {}, frozen: null }, search: '', filters: [], sort: [], group: null }

/** A view as a grid shows it. What the kind no longer has is left out. */
export function looksOf(view: GridView, kind: KindInfo): Looks {
  const known = (code: string) => kind.fields.some((field) => field.code === code)
  return {
    layout: {
      shown: view.columns?.filter(known) ?? null,
      widths: Object.fromEntries(Object.entries(view.widths).filter((entry): entry is [string, number] => known(entry[0]) && entry[1] !== undefined)),
      frozen: view.frozen,
    },
    search: view.search,
    filters: view.filters.filter((filter) => known(filter.field)),
    sort: view.sort.filter((column) => known(column.field)),
    group: view.group != null && known(view.group) ? view.group : null,
  }
}

export function viewOf(name: string, { layout, search, filters, sort, group }: Looks): GridView {
  return { name, columns: layout.shown, widths: layout.widths, frozen: layout.frozen, search, filters, sort, group }
}

/** Equal for equal looks, in whichever order widths were set. */
function written({ layout, ...others }: Looks): string {
  const widths = Object.entries(layout.widths).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([layout.shown && [...layout.shown].sort(), layout.frozen, widths, others.search, others.filters, others.sort, others.group])
}

export function useViews(kind: Ref<KindInfo>, looks: () => Looks, put: (looks: Looks) => void) {
  const client = useQueryClient()
  const key = computed(() => [scope.settings, 'views', kind.value.kind])
  const query = useQuery({ queryKey: key, queryFn: () => api.viewList(kind.value.kind) })
  const list = computed(() => query.data.value ?? [])
  const current = ref<string | null>(null)
  const changed = computed(() => {
    const view = list.value.find((one) => one.name === current.value)
    return view !== undefined && written(looksOf(view, kind.value)) !== written(looks())
  })

  function show(name: string | null): void {
    const view = list.value.find((one) => one.name === name)
    current.value = view?.name ?? null
    put(view ? looksOf(view, kind.value) : structuredClone(PLAIN))
  }

  async function save(name: string): Promise<boolean> {
    const view = viewOf(name.trim(), looks())
    try {
      client.setQueryData(key.value, await api.viewSave(kind.value.kind, view))
      current.value = view.name
      tellDone(`已保存视图“${view.name}”。`)
      return true
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return false
    }
  }

  async function remove(name: string): Promise<void> {
    try {
      client.setQueryData(key.value, await api.viewRemove(kind.value.kind, name))
      if (current.value === name) current.value = null
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
  }

  return { list, current, changed, show, save, remove }
}
