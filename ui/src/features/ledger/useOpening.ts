/** Opening another ledger: everything that was read before is forgotten. */
import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { useRouter } from 'vue-router'

import { type LedgerStatus, api, toAppError } from '@/ipc'
import { applyOtherLedger, scope } from '@/ipc/changes'
import { tellRefusal } from '@/shared/notice'

export function useOpening() {
  const client = useQueryClient()
  const router = useRouter()
  const busy = ref(false)

  async function open(command: () => Promise<LedgerStatus>, stay = false): Promise<boolean> {
    busy.value = true
    try {
      const status = await command()
      if (!stay) await router.push('/')
      client.setQueryData([scope.status], status)
      await applyOtherLedger(client)
      return true
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    create: () => open(() => api.ledgerCreate()),
    choose: () => open(() => api.ledgerChoose()),
    sample: () => open(() => api.ledgerOpenSample()),
    recent: (path: string) => open(() => api.ledgerOpen(path)),
    restore: (path: string) => open(() => api.backupRestore(path), true),
  }
}
