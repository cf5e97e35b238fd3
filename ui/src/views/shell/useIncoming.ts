/** Files from outside: a ledger is opened, a workbook goes to the import, anything else is told. */
import { type Ref, onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'

import { useOpening } from '@/features/ledger/useOpening'
import { type IncomingFile, type LedgerStatus, api, toAppError } from '@/ipc'
import { onFileDrop, onIncoming } from '@/ipc/drop'
import { tellRefusal } from '@/shared/notice'
import { usePanel } from '@/shared/panel'

const CANNOT_IMPORT = { code: 'invalid', title: '现在不能导入' }

let count = 0

export function useIncoming(status: Ref<LedgerStatus | undefined>): { take: () => Promise<void> } {
  const router = useRouter()
  const opening = useOpening()
  const panel = usePanel()

  async function act(judge: () => Promise<IncomingFile | null>): Promise<void> {
    let file: IncomingFile | null
    try {
      file = await judge()
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return
    }
    if (!file) return
    if (file.kind === 'workbook' && (!status.value || status.value.readOnly || !status.value.tasks.includes('record'))) {
      tellRefusal(
        status.value
          ? { ...CANNOT_IMPORT, message: '这本账现在只能看，不能导入。', nextStep: '请换成能登记的身份，或者打开一本可以修改的账，再把表格拖进来。' }
          : { ...CANNOT_IMPORT, message: '还没有打开台账，表格没有地方导入。', nextStep: '请先新建或打开一本账，再把表格拖进来。' },
      )
      return
    }
    if (!(await panel.mayLeave())) return
    panel.close()
    if (file.kind === 'ledger') {
      await opening.recent(file.path)
      return
    }
    count += 1
    // A table that is dropped where forms are made is a form; anywhere else it is read into the ledger.
    const to = router.currentRoute.value.path.startsWith('/forms') ? '/forms' : '/import'
    await router.push({ path: to, query: { file: file.path, at: String(count) } })
  }

  const take = () => act(() => api.incomingTake())
  const stops: (() => void)[] = []
  onMounted(() => {
    stops.push(onFileDrop((paths) => void act(() => api.incomingJudge(paths))), onIncoming(() => void take()))
  })
  onBeforeUnmount(() => stops.forEach((stop) => { stop() }))
  return { take }
}
