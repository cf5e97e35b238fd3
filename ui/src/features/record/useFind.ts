/** Finding and replacing over all rows that the grid lists, not only those on the screen. */
import { type Ref, computed, ref, watch } from 'vue'

import { AppError, type FindQuery, type FoundCell, type WindowQuery, api, toAppError } from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { tellDone, tellRefusal } from '@/shared/notice'

import { type Stretches, stretches } from './stretches'

const PAUSE = 200
/** After a change, longer lists are looked through again when a person asks for the next place. */
const AT_ONCE = 20_000

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
  /** What was found so far; a new one for every text and after every change. */
  let found: Stretches | null = null
  const counted = ref<{ known: number; whole: boolean } | null>(null)
  const at = ref<number | null>(null)
  /** The column that the search is held to: the one with the focus when that was asked for. */
  const only = ref('')

  const request = computed((): FindQuery => ({
    query: query.value,
    fields: oneColumn.value ? [only.value] : shown.value,
    text: text.value,
    whole: whole.value,
  }))
  const told = computed(() => {
    if (text.value === '' || counted.value === null) return ''
    const { known, whole } = counted.value
    if (whole && known === 0) return '没有找到'
    const sum = whole ? `共 ${known} 处` : `已找到 ${known} 处，还在往下数`
    return at.value === null ? sum : `第 ${at.value + 1} 处，${sum}`
  })

  let asked = 0
  let place: FoundCell | null = null
  function forget(): void {
    asked += 1
    found = null
    place = null
    counted.value = null
    at.value = null
  }

  /** What is found of the text at hand, as far as it was looked for. */
  function finder(): Stretches | null {
    if (!open.value || text.value === '') return null
    const asking = request.value
    found ??= stretches(total.value, order, (from, count) => api.recordFind(asking, { from, count }))
    return found
  }

  function tell(): void {
    if (found === null) return
    counted.value = { known: found.known(), whole: found.whole() }
    at.value = place === null ? null : found.placeOf(place)
  }

  /** Counts the places, a stretch at a time, until the text is another. */
  let counting = -1
  async function count(): Promise<void> {
    const places = finder()
    const mine = asked
    if (places === null || counting === mine) return
    counting = mine
    try {
      for (let more = true; more && mine === asked; ) {
        more = await places.readOn()
        if (mine === asked) tell()
      }
    } catch (cause) {
      if (mine === asked) tellRefusal(toAppError(cause))
    } finally {
      if (counting === mine) counting = -1
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(oneColumn, () => (only.value = column.value), { flush: 'sync' })
  watch(
    () => [open.value, JSON.stringify(request.value)],
    () => {
      clearTimeout(timer)
      forget()
      timer = setTimeout(() => void count(), PAUSE)
    },
  )
  // After a change the places are others.
  watch(readAt, () => {
    const stood = place
    forget()
    place = stood
    if (total.value <= AT_ONCE) void count()
  })

  /** Where a cell stands against another, row by row. */
  function order(one: FoundCell, other: FoundCell): number {
    return one.row - other.row || shown.value.indexOf(one.field) - shown.value.indexOf(other.field)
  }

  /** The next place after the cell with the focus, or the one before it, around the end. */
  async function go(by: 1 | -1): Promise<void> {
    clearTimeout(timer)
    const places = finder()
    const mine = asked
    try {
      const next = await places?.nearest(here(), by)
      if (mine !== asked) return
      tell()
      if (next) {
        place = next
        tell()
        select(next)
      }
    } catch (cause) {
      if (mine === asked) tellRefusal(toAppError(cause))
      return
    }
    void count()
  }

  async function replaceOne(): Promise<void> {
    const now = here()
    try {
      const cells = (await finder()?.around(now.row)) ?? []
      if (cells.some((cell) => order(cell, now) === 0) && !(await replace(now))) return
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return
    }
    await go(1)
  }

  async function replace(one: FoundCell | null): Promise<boolean> {
    try {
      const reply = await write(() =>
        api.recordReplace({ find: request.value, replacement: replacement.value, only: one }),
      )
      forget()
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
