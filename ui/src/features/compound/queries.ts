import { useQuery } from '@tanstack/vue-query'

import { api } from '@/ipc'
import { scope } from '@/ipc/changes'

export function useCompound(id: () => string, enabled: () => boolean = () => true) {
  return useQuery({
    queryKey: [scope.compound, id],
    queryFn: () => api.compoundGet(id()),
    enabled,
  })
}
