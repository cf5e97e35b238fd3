/** The course of one import: a file, its columns, the comparison, the choices. */
import { computed, reactive, ref, shallowRef } from 'vue'

import {
  type Changed,
  type ImportChoices,
  type ImportDraft,
  type ImportDuplicate,
  type ImportOutcome,
  type ImportPick,
  type ImportPreview,
  type ImportState,
  api,
  toAppError,
} from '@/ipc'
import { useWrite } from '@/ipc/queries'
import { tellRefusal } from '@/shared/notice'

import { chosenCount, isChosen, pickKey } from './model'

export const STEPS = ['选文件', '对列', '核对', '完成']

/** Nothing needs a look before the comparison. */
function isClear(draft: ImportDraft): boolean {
  const taken = draft.tables.filter((table) => table.included)
  const placed = draft.compoundName !== '' || taken.every((table) => !table.needsCompound)
  const clear = draft.tables.every((table) => table.included && table.columns.every((column) => !column.doubtful))
  return taken.length > 0 && placed && clear
}

export function useImport() {
  const write = useWrite()
  const step = ref(0)
  const busy = ref(false)
  const draft = shallowRef<ImportDraft | null>(null)
  const preview = shallowRef<ImportPreview | null>(null)
  const done = shallowRef<Changed<ImportOutcome> | null>(null)
  const compound = ref('')
  const overwriteBlanks = ref(false)
  const states = reactive(new Set<ImportState>())
  const except = reactive(new Map<string, { pick: ImportPick; state: ImportState }>())
  const skipped = reactive(new Set<string>())
  const choice = computed(() => ({ states, except }))
  const count = computed(() => (preview.value ? chosenCount(choice.value, preview.value.states) : 0))
  const stale = computed(() => preview.value !== null && compound.value.trim() !== preview.value.compoundName)

  async function run<T>(command: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    try {
      return await command()
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return null
    } finally {
      busy.value = false
    }
  }

  async function read(command: () => Promise<ImportDraft>): Promise<void> {
    const found = await run(command)
    if (!found) return
    draft.value = found
    preview.value = null
    done.value = null
    compound.value = found.compoundName
    overwriteBlanks.value = false
    step.value = 1
    if (isClear(found)) await check()
  }

  async function correct(command: (draft: number) => Promise<ImportDraft>): Promise<void> {
    const from = draft.value
    const found = from && (await run(() => command(from.draft)))
    if (!found) return
    draft.value = found
    preview.value = null
  }

  async function check(): Promise<void> {
    const from = draft.value
    if (!from) return
    const found = await run(() => api.importCheck(from.draft, { compound: compound.value.trim(), overwriteBlanks: overwriteBlanks.value }))
    if (!found) return
    preview.value = found
    compound.value = found.compoundName
    states.clear()
    states.add('new').add('changed')
    except.clear()
    skipped.clear()
    step.value = 2
  }

  async function commit(): Promise<void> {
    const from = preview.value
    if (!from) return
    const choices: ImportChoices = {
      states: [...states],
      except: [...except.values()].map(({ pick }) => pick),
      skipColumns: [...skipped].map((key) => {
        const [table = 0, column = 0] = key.split('-').map(Number)
        return { table, column }
      }),
    }
    const changed = await run(() => write(() => api.importRun(from.draft, choices)))
    if (!changed) return
    done.value = changed
    step.value = 3
  }

  function setState(state: ImportState, on: boolean): void {
    if (on) states.add(state)
    else states.delete(state)
    for (const [key, entry] of except) if (entry.state === state) except.delete(key)
  }

  function turn(pick: ImportPick, state: ImportState): void {
    const key = pickKey(pick)
    if (!except.delete(key)) except.set(key, { pick, state })
  }

  /** One row of a group, or none. */
  function choose(group: ImportDuplicate, wanted: ImportPick | null): void {
    for (const { pick } of group.rows) {
      if (isChosen(choice.value, pick, 'conflict') !== (pick === wanted)) turn(pick, 'conflict')
    }
  }

  function setColumn(table: number, column: number, on: boolean): void {
    const key = `${table}-${column}`
    if (on) skipped.delete(key)
    else skipped.add(key)
  }

  function restart(): void {
    draft.value = null
    preview.value = null
    done.value = null
    step.value = 0
  }

  return {
    step, busy, draft, preview, done, compound, overwriteBlanks, choice, skipped, count, stale,
    run, read, correct, check, commit, setState, turn, choose, setColumn, restart,
  }
}
