/** Undo and redo of the whole ledger. */
import { api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { tellDone, tellRefusal } from '@/shared/notice'

/** Steps wait for each other: three quick presses of Ctrl+Z take back three steps. */
let last: Promise<void> = Promise.resolve()

export function useUndo() {
  const write = useWrite()

  async function step(command: 'historyUndo' | 'historyRedo'): Promise<void> {
    try {
      tellDone((await write(() => api[command]())).sentence)
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
  }

  function run(command: 'historyUndo' | 'historyRedo'): Promise<void> {
    last = last.then(() => step(command))
    return last
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
