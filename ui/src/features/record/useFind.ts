/** Finding and replacing over all rows that the grid lists, not only those on the screen. */
import { type Ref, computed, ref, watch } from 'vue'

import { AppError, type FindQuery, type FoundCell, type FoundCells, type WindowQuery, api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { tellDone, tellRefusal } from '@/shared/notice'

const PAUSE = 200
/** Longer lists are looked through when a person asks for the next place, not while the text is typed. */
const WHILE_TYPING = 20_000

export function useFind(
  query: Ref<WindowQuery>,
  total: Ref<number>,
  shown: Ref<string[]>,
  column: Ref<string>,
  readAt: Ref<number>,
  select: (cell: FoundCell) => void,
  here: () => FoundCell,
) {
  const write = useWrite()
  const open = ref(false)
  const withReplace = ref(false)
  const text = ref('')
  const replacement = ref('')
  const whole = ref(false)
  const oneColumn = ref(false)
  const found = ref<FoundCells | null>(null)
  const at = ref(-1)
  /** The column that the search is held to: the one with the focus when that was asked for. */
  const only = ref('')

  const request = computed((): FindQuery => ({
    query: query.value,
    fields: oneColumn.value ? [only.value] : shown.value,
    text: text.value,
    whole: whole.value,
  }))
  const told = computed(() => {
    if (text.value === '' || found.value === null) return ''
    const { total } = found.value
    if (total === 0) return '没有找到'
    return at.value < 0 ? `共 ${total} 处` : `第 ${at.value + 1} 处，共 ${total} 处`
  })

  let asked = 0
  async function look(): Promise<void> {
    const mine = ++asked
    if (!open.value || text.value === '') {
      found.value = null
      return
    }
    try {
      const cells = await api.recordFind(request.value)
      if (mine !== asked) return
      found.value = cells
      at.value = Math.min(at.value, cells.cells.length - 1)
    } catch (cause) {
      tellRefusal(toAppError(cause))
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(oneColumn, () => (only.value = column.value), { flush: 'sync' })
  watch(
    () => [open.value, JSON.stringify(request.value)],
    () => {
      at.value = -1
      clearTimeout(timer)
      asked += 1
      found.value = null
      if (total.value <= WHILE_TYPING) timer = setTimeout(() => void look(), PAUSE)
    },
  )
  // After a change the places are others.
  watch(readAt, () => {
    if (total.value <= WHILE_TYPING) void look()
  })

  /** Where a cell stands against another, row by row. */
  function order(one: FoundCell, other: FoundCell): number {
    return one.row - other.row || shown.value.indexOf(one.field) - shown.value.indexOf(other.field)
  }

  /** The next place after the cell with the focus, or the one before it, around the end. */
  async function go(by: 1 | -1): Promise<void> {
    clearTimeout(timer)
    await look()
    const cells = found.value?.cells ?? []
    if (cells.length === 0) return
    const sorted = [...cells].sort(order)
    const now = here()
    const next =
      by > 0 ? sorted.findIndex((cell) => order(cell, now) > 0) : sorted.findLastIndex((cell) => order(cell, now) < 0)
    at.value = next >= 0 ? next : by > 0 ? 0 : sorted.length - 1
    select(sorted[at.value] as FoundCell)
  }

  async function replaceOne(): Promise<void> {
    await look()
    const now = here()
    const stands = found.value?.cells.some((cell) => order(cell, now) === 0)
    if (stands && !(await replace(now))) return
    await go(1)
  }

  async function replace(one: FoundCell | null): Promise<boolean> {
    try {
      const reply = await write(() =>
        api.recordReplace({ find: request.value, replacement: replacement.value, only: one }),
      )
      const { problems, refused, cells } = reply.value
      const first = problems[0]
      if (first) {
        select(first.cell)
        tellRefusal(
          new AppError(
            'invalid',
            `有 ${refused} 格不能这样替换`,
            `${first.place}：${first.message} 这次一格也没有替换。`,
            '请改一下替换的内容，或者先筛选出要替换的行再做一次。',
          ),
        )
        return false
      }
      if (one === null) tellDone(cells === 0 ? '没有找到要替换的内容。' : `已${reply.sentence}，可以一次撤销。`)
      return true
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return false
    }
  }

  return {
    open,
    withReplace,
    text,
    replacement,
    whole,
    oneColumn,
    told,
    go,
    replaceOne,
    replaceAll: async () => {
      // Empty cells are filled in one column at a time, never all over the table.
      if (text.value === '' && !(whole.value && oneColumn.value)) return
      await replace(null)
    },
  }
}
