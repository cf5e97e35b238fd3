import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'

import { api } from '@/ipc'
import { scope } from '@/ipc/changes'

const PAGE = 100

/** What the rules find in a compound, or in the whole ledger. */
export function useCheckSummary(compound: Ref<string | null>, enabled: () => boolean = () => true) {
  return useQuery({
    queryKey: [scope.check, 'summary', compound],
    queryFn: () => api.checkSummary(compound.value),
    enabled,
  })
}

/** The findings of one rule, a page at a time. */
export function useFindings(compound: Ref<string | null>, rule: Ref<string | null>) {
  return useInfiniteQuery({
    queryKey: [scope.check, 'findings', compound, rule],
    queryFn: ({ pageParam }) => api.checkFindings(compound.value, rule.value ?? '', pageParam, PAGE),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (page.length < PAGE ? undefined : pages.length * PAGE),
    enabled: () => rule.value !== null,
  })
}

export function useWaived(compound: Ref<string | null>, enabled: () => boolean) {
  return useQuery({
    queryKey: [scope.check, 'waived', compound],
    queryFn: () => api.checkWaived(compound.value),
    enabled,
  })
}
