/** Reads that every screen needs, and the one way to write. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'

import { api } from '.'
import type { Changed, FieldInfo, KindCode, KindInfo } from './bindings'
import { applyChange, scope } from './changes'

export function useStatus() {
  return useQuery({
    queryKey: [scope.status],
    queryFn: () => api.ledgerStatus(),
    retry: false,
    // A backup beside the work tells its end here.
    refetchInterval: (query) => (query.state.data?.backupRunning ? 700 : false),
  })
}

export function useSettings() {
  return useQuery({ queryKey: [scope.settings], queryFn: () => api.settingsGet() })
}

export function useKinds() {
  const query = useQuery({
    queryKey: [scope.kinds],
    queryFn: () => api.kindList(),
    staleTime: Infinity,
  })
  const byCode = computed(
    () => new Map<KindCode, KindInfo>((query.data.value ?? []).map((kind) => [kind.kind, kind])),
  )
  return { ...query, byCode }
}

export function useOverview() {
  return useQuery({ queryKey: [scope.overview], queryFn: () => api.overviewGet() })
}

/** Runs a writing command and has everything it touched read again. */
export function useWrite() {
  const client = useQueryClient()
  return async function write<T>(command: () => Promise<Changed<T>>): Promise<Changed<T>> {
    const changed = await command()
    void applyChange(client, changed)
    return changed
  }
}

export function fieldOf(kind: KindInfo, code: string): FieldInfo | undefined {
  return kind.fields.find((field) => field.code === code)
}
