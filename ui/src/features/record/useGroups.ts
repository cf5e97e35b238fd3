/** Totals of groups at the foot of the grid, under the columns that they sum. */
import { useQuery } from '@tanstack/vue-query'
import { type Ref, computed, ref } from 'vue'

import { type KindInfo, type RecordGroups, type WindowQuery, api } from '@/ipc'
import { scope } from '@/ipc/changes'
import type { Subtotal } from '@/shared/grid/drawing'

/** Groups at the foot at most: of more, those around the row with the focus. */
export const MOST_GROUPS = 6

/** The groups to show, with the one of the row with the focus marked. */
export function subtotalsOf(found: RecordGroups, counter: string, here: string | null): Subtotal[] {
  const { groups, fields } = found
  const place = groups.findIndex((group) => group.label === here)
  const first = Math.max(0, Math.min(groups.length - MOST_GROUPS, place - Math.floor(MOST_GROUPS / 2)))
  return groups.slice(first, first + MOST_GROUPS).map((group) => ({
    label: `${group.label} ${group.count.toLocaleString('zh-CN')} ${counter}`,
    sums: Object.fromEntries(fields.map((code, at) => [code, group.sums[at] ?? ''])),
    here: group.label === here,
  }))
}

export function useGroups(kind: Ref<KindInfo>, query: Ref<WindowQuery>, here: (code: string) => string | null) {
  const by = ref<string | null>(null)
  const groups = useQuery({
    queryKey: computed(() => [scope.records, kind.value.kind, 'groups', query.value, by.value]),
    queryFn: () => api.recordGroups(query.value, by.value ?? ''),
    placeholderData: (before) => before,
    enabled: () => by.value !== null,
    retry: false,
  })
  const subtotals = computed(() =>
    by.value === null || !groups.data.value ? [] : subtotalsOf(groups.data.value, kind.value.counter, here(by.value)),
  )
  const label = computed(() => {
    const field = kind.value.fields.find((one) => one.code === by.value)
    if (!field) return ''
    const total = groups.data.value?.total ?? 0
    return total > MOST_GROUPS ? `按${field.label}分组，共 ${total.toLocaleString('zh-CN')} 组` : `按${field.label}分组`
  })
  return { by, subtotals, label }
}
