/** Opening another ledger: everything that was read before is forgotten. */
import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'
import { useRouter } from 'vue-router'

import { AppError, type LedgerStatus, api, toAppError } from '@/ipc'
import { applyOtherLedger, scope } from '@/ipc/changes'
import { askSecret, confirm, tellRefusal } from '@/shared/notice'

import { askDuty } from './duty'

/** The ledger is encrypted, and what was given does not open it. */
export function needsPassword(refusal: AppError): boolean {
  return refusal.code === 'passwordNeeded' || refusal.code === 'wrongPassword'
}

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
      const refusal = toAppError(cause)
      if (refusal.code === 'damaged') return await recover(refusal)
      if (needsPassword(refusal)) return await unlock(refusal)
      if (refusal.code === 'dutyNeeded') return await enter()
      tellRefusal(refusal)
      return false
    } finally {
      busy.value = false
    }
  }

  /** An encrypted ledger: its password is asked for until it is right or the person gives up. */
  async function unlock(refusal: AppError): Promise<boolean> {
    const password = await askSecret(refusal.title, [refusal.message, refusal.nextStep], '打开')
    if (!password) return false
    return open(() => api.ledgerUnlock(password))
  }

  /** A ledger with divided work: who opens it is asked. */
  async function enter(): Promise<boolean> {
    const status = await askDuty(true)
    return status ? open(() => Promise.resolve(status)) : false
  }

  /** A damaged ledger: its newest good backup may take its place. */
  async function recover(refusal: AppError): Promise<boolean> {
    const lines = [refusal.message, refusal.nextStep]
    if (!(await confirm(refusal.title, lines, '从最近的备份恢复'))) return false
    return open(async () => {
      try {
        return await api.ledgerRecover()
      } catch (cause) {
        // Told once, not asked again.
        const failed = toAppError(cause)
        throw failed.code === 'damaged' ? new AppError('backup', failed.title, failed.message, failed.nextStep) : failed
      }
    })
  }

  return {
    busy,
    recover,
    unlock,
    enter,
    create: () => open(() => api.ledgerCreate()),
    choose: () => open(() => api.ledgerChoose()),
    sample: () => open(() => api.ledgerOpenSample()),
    recent: (path: string) => open(() => api.ledgerOpen(path)),
    restore: (path: string) => open(() => api.backupRestore(path), true),
  }
}
