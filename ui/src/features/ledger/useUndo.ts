/** Undo and redo of the whole ledger. */
import { api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { tellDone, tellRefusal } from '@/shared/notice'

export function useUndo() {
  const write = useWrite()
  let busy = false

  async function run(command: 'historyUndo' | 'historyRedo'): Promise<void> {
    if (busy) return
    busy = true
    try {
      tellDone((await write(() => api[command]())).sentence)
    } catch (cause) {
      tellRefusal(toAppError(cause))
    } finally {
      busy = false
    }
  }

  async function undoTransaction(transaction: number): Promise<void> {
    try {
      tellDone((await write(() => api.historyUndoTransaction(transaction))).sentence)
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
  }

  return { undo: () => run('historyUndo'), redo: () => run('historyRedo'), undoTransaction }
}
