/** What the person at the open ledger may do, and going on as somebody else. */
import { useQueryClient } from '@tanstack/vue-query'

import type { Task } from '@/ipc'
import { applyOtherLedger, scope } from '@/ipc/changes'
import { useStatus } from '@/ipc/queries'
import { tellDone } from '@/shared/notice'

import { DUTY_LABELS, askDuty } from './duty'

export function useDuty() {
  const client = useQueryClient()
  const status = useStatus()

  function may(task: Task): boolean {
    return status.data.value?.tasks.includes(task) ?? true
  }

  async function change(): Promise<void> {
    const changed = await askDuty(false)
    if (!changed) return
    client.setQueryData([scope.status], changed)
    await applyOtherLedger(client)
    tellDone(changed.duty ? `现在的身份：${DUTY_LABELS[changed.duty]}` : '口令已全部取消')
  }

  return { may, change, reason: '由规划员做；点屏幕上方的身份可以换' }
}
