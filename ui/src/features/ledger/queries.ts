import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'

import { api } from '@/ipc'
import { scope } from '@/ipc/changes'

const PAGE = 100

export function useHistory() {
  return useInfiniteQuery({
    queryKey: [scope.history],
    queryFn: ({ pageParam }) => api.historyList(pageParam, PAGE),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page[page.length - 1]?.transaction),
  })
}

export function useRecycle() {
  return useQuery({ queryKey: [scope.recycle], queryFn: () => api.recycleList() })
}

export function useBackups() {
  return useQuery({ queryKey: [scope.backups], queryFn: () => api.backupList(), staleTime: 0 })
}
