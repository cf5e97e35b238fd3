/** Deleting and doubling whole records. */
import type { Ref } from 'vue'

import { type KindInfo, api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { confirm, tellDone, tellRefusal } from '@/shared/notice'

export function useRows(kind: Ref<KindInfo>) {
  const write = useWrite()

  /** Deletes after telling what goes along. True when it was done. */
  async function remove(ids: string[], name: string): Promise<boolean> {
    if (ids.length === 0) return false
    try {
      const counts = await api.recordRemovalPreview(kind.value.kind, ids)
      const others = counts.filter((count) => count.count > 0 && count.kind !== kind.value.kind)
      const what = ids.length === 1 ? `“${name}”` : `选中的 ${ids.length} ${kind.value.counter}${kind.value.label}`
      const lines = [`将删除${what}。`]
      if (others.length > 0) {
        lines.push(`一起删除的还有：${others.map((one) => `${one.label} ${one.text}`).join('、')}。`)
      }
      lines.push('删除后可以撤销，也可以到“回收站”找回。')
      if (!(await confirm('删除', lines, '删除'))) return false
      const done = await write(() => api.recordRemove(kind.value.kind, ids))
      tellDone(done.sentence)
      return true
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return false
    }
  }

  async function duplicate(ids: string[]): Promise<void> {
    if (ids.length === 0) return
    try {
      tellDone((await write(() => api.recordDuplicate(kind.value.kind, ids))).sentence)
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
  }

  return { remove, duplicate }
}
