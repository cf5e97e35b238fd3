/** The form into which a sheet is typed. */
import type { VisitEntry } from '@/ipc'

export type EntryField = 'place' | 'outcome' | 'met' | 'way' | 'cause' | 'words' | 'promise' | 'promiseDue' | 'next'

export interface EntryColumn {
  field: EntryField
  label: string
  /** What the numbers mean. */
  hint: string
  wide?: boolean
}

export const COLUMNS: EntryColumn[] = [
  { field: 'place', label: '序号或房号', hint: '清单上的序号，或 3-2-301' },
  { field: 'outcome', label: '结果', hint: '1 已完成　2 已联系　3 无法联系　4 拒绝' },
  { field: 'met', label: '见到谁', hint: '1 业主　2 家属　3 租客　4 无人　5 其他' },
  { field: 'way', label: '方式', hint: '1 上门　2 电话　3 微信　4 座谈　5 楼道；不填就是上门' },
  { field: 'cause', label: '没见到的原因', hint: '1 家中无人　2 空置　3 人在外地　4 电话不对　5 其他' },
  { field: 'words', label: '居民原话', hint: '', wide: true },
  { field: 'promise', label: '答应的事', hint: '', wide: true },
  { field: 'promiseDue', label: '答应的期限', hint: '如 2021-3-12' },
  { field: 'next', label: '下次走访', hint: '如 2021-3-12' },
]

export type Typed = Record<EntryField, string>

export function blank(): Typed {
  return { place: '', outcome: '', met: '', way: '', cause: '', words: '', promise: '', promiseDue: '', next: '' }
}

export function isBlank(typed: Typed): boolean {
  return COLUMNS.every(({ field }) => typed[field].trim() === '')
}

/** Fields that are passed over: who was met needs no reason why nobody was. */
export function isPassed(field: EntryField, typed: Typed): boolean {
  const vain = ['3', '无法联系'].includes(typed.outcome.trim())
  return field === 'cause' ? !vain : false
}

/** The field after this one; none at the end. */
export function after(field: EntryField, typed: Typed): EntryField | null {
  const at = COLUMNS.findIndex((column) => column.field === field)
  return COLUMNS.slice(at + 1).find((column) => !isPassed(column.field, typed))?.field ?? null
}

export interface Frame {
  compound: string
  round: string
  day: string
  visitors: string
}

export function entryOf(typed: Typed, frame: Frame, decision: { household: string | null; decided: boolean }): VisitEntry {
  return { ...typed, ...frame, ...decision }
}
