import { useQuery } from '@tanstack/vue-query'

import { api } from '@/ipc'
import { scope } from '@/ipc/changes'

/** Every parameter of the ledger, by what it is for. */
export function useParameters() {
  return useQuery({ queryKey: [scope.parameters], queryFn: () => api.parameterList() })
}
