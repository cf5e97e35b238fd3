/** Words and small rules of the import screens. */
import type { ImportMark, ImportPick, ImportPreview, ImportState, ImportStates, Severity } from '@/ipc'

export const severityWords: Record<Severity, string> = { error: '错误', warning: '注意', note: '提示' }

/** Sign and word of a state: the sign tells it without colour. */
export const stateWords: Record<ImportState, { sign: string; word: string }> = {
  new: { sign: '＋', word: '新增' },
  changed: { sign: '△', word: '有改动' },
  unchanged: { sign: '＝', word: '没有变' },
  conflict: { sign: '！', word: '有冲突' },
  bad: { sign: '✕', word: '不能导入' },
}

export const markSigns: Record<ImportMark, string> = { same: '', fill: '＋', change: '△', conflict: '！', bad: '✕' }

/** States that people may choose to import. */
export const CHOOSABLE: readonly ImportState[] = ['new', 'changed', 'conflict']

export interface Choice {
  states: ReadonlySet<ImportState>
  /** Rows for which the opposite holds, by [`pickKey`], with their state. */
  except: ReadonlyMap<string, { pick: ImportPick; state: ImportState }>
}

export function pickKey(pick: ImportPick): string {
  return `${pick.table}-${pick.row}`
}

export function isChosen(choice: Choice, pick: ImportPick, state: ImportState): boolean {
  return CHOOSABLE.includes(state) && choice.states.has(state) !== choice.except.has(pickKey(pick))
}

/** Rows that would be imported. */
export function chosenCount(choice: Choice, states: ImportStates): number {
  const base = CHOOSABLE.filter((state) => choice.states.has(state)).reduce((sum, state) => sum + countOf(states, state), 0)
  const turned = [...choice.except.values()].reduce((sum, { state }) => sum + (choice.states.has(state) ? -1 : 1), 0)
  return base + turned
}

export function countOf(states: ImportStates, state: ImportState): number {
  return states[state]
}

export function allRows(states: ImportStates): number {
  return states.new + states.changed + states.unchanged + states.conflict + states.bad
}

/** `2 处合计对不上、1 行不能导入` or empty. */
export function doubts(preview: ImportPreview): string {
  const differing = preview.checks.filter((check) => !check.equal).length
  const parts = [
    differing > 0 ? `${differing} 处合计对不上` : '',
    preview.states.bad > 0 ? `${preview.states.bad} 行不能导入` : '',
    preview.states.conflict > 0 ? `${preview.states.conflict} 行有冲突` : '',
  ]
  return parts.filter((part) => part !== '').join('、')
}
