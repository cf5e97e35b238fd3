/** Model of a record's form: texts as typed against texts as stored. */
import type { CellProblem, CellText, FieldInfo, KindInfo } from '@/ipc'

export type Texts = Record<string, string>

export interface Group {
  title: string
  fields: FieldInfo[]
}

/** Fields under their headings, in form order. */
export function groups(kind: KindInfo, only?: string[]): Group[] {
  const shown = only
    ? only.map((code) => kind.fields.find((field) => field.code === code)).filter((field) => field !== undefined)
    : kind.fields
  const found: Group[] = []
  for (const field of shown) {
    const group = found.find((one) => one.title === field.group)
    if (group) group.fields.push(field)
    else found.push({ title: field.group, fields: [field] })
  }
  return found
}

/** Texts of a stored record by field. */
export function stored(kind: KindInfo, cells: readonly string[]): Texts {
  return Object.fromEntries(kind.fields.map((field, at) => [field.code, cells[at] ?? '']))
}

/** Cells that differ from what is stored. */
export function changes(before: Texts, after: Texts): CellText[] {
  return Object.entries(after)
    .filter(([field, text]) => text !== (before[field] ?? ''))
    .map(([field, text]) => ({ field, text }))
}

/** Required fields without text, told before anything is sent. */
export function gaps(kind: KindInfo, texts: Texts, sent: readonly CellText[], isNew: boolean): Texts {
  const looked = new Set(sent.map((cell) => cell.field))
  return Object.fromEntries(
    kind.fields
      .filter((field) => field.required && (texts[field.code] ?? '').trim() === '')
      .filter((field) => isNew || looked.has(field.code))
      .map((field) => [field.code, `请填写${field.label}`]),
  )
}

/** Problems by field. */
export function byField(problems: readonly CellProblem[]): Texts {
  return Object.fromEntries(problems.map((problem) => [problem.field, problem.message]))
}
