/** Which columns a person sees and how wide, remembered on this computer. */
import type { ColumnFilter, KindInfo, SortColumn } from '@/ipc'
import type { GridColumn } from '@/shared/grid/column'

export interface Layout {
  /** Shown columns; none for the first view. */
  shown: string[] | null
  widths: Record<string, number>
  /** Columns that stay in place while scrolling sideways; none for the usual ones. */
  frozen: number | null
}

/** At most this many columns stay in place without being asked for. */
const MOST_FROZEN = 4

const USUAL: Layout = { shown: null, widths: {}, frozen: null }

export function loadLayout(kind: string): Layout {
  try {
    const text = localStorage.getItem(`grid:${kind}`)
    const found = text === null ? null : (JSON.parse(text) as Partial<Layout>)
    return { ...USUAL, ...found }
  } catch {
    return { ...USUAL }
  }
}

export function saveLayout(kind: string, layout: Layout): void {
  localStorage.setItem(`grid:${kind}`, JSON.stringify(layout))
}

export function shownCodes(kind: KindInfo, layout: Layout): string[] {
  const shown = layout.shown ?? kind.fields.filter((field) => field.firstClass).map((field) => field.code)
  return kind.fields.map((field) => field.code).filter((code) => shown.includes(code))
}

/** Columns that stay in place: those asked for, otherwise up to the one that names the record. */
export function frozenCount(kind: KindInfo, layout: Layout): number {
  const codes = shownCodes(kind, layout)
  if (layout.frozen !== null) return Math.min(layout.frozen, codes.length)
  const name = codes.indexOf(kind.nameField)
  return name >= 0 && name < MOST_FROZEN ? name + 1 : 1
}

export function gridColumns(
  kind: KindInfo,
  layout: Layout,
  sort: readonly SortColumn[],
  filters: readonly ColumnFilter[],
): GridColumn[] {
  const codes = shownCodes(kind, layout)
  const frozen = frozenCount(kind, layout)
  return codes.flatMap((code, at) => {
    const field = kind.fields.find((one) => one.code === code)
    if (!field) return []
    const place = sort.findIndex((one) => one.field === code)
    return {
      code,
      label: field.label,
      unit: field.unit,
      input: field.input,
      choices: field.choices,
      choiceKeys: field.choiceKeys,
      required: field.required,
      help: field.help,
      width: layout.widths[code] ?? Math.max(field.width, headWidth(field.label, field.unit)),
      frozen: at < frozen,
      sorted: place < 0 ? null : { place: sort.length > 1 ? place + 1 : 1, descending: sort[place]?.descending ?? false },
      filtered: filters.some((one) => one.field === code),
    }
  })
}

/** Width of a head in px: fourteen for each hanzi of the label, twelve of the unit, and room for marks. */
function headWidth(label: string, unit: string): number {
  return label.length * 14 + (unit === '' ? 0 : unit.length * 12 + 4) + 56
}

/** The next order after a click on a head: up, down, none. */
export function nextSort(sort: readonly SortColumn[], field: string, additive: boolean): SortColumn[] {
  const old = sort.find((one) => one.field === field)
  const others = additive ? sort.filter((one) => one.field !== field) : []
  if (!old) return [...others, { field, descending: false }]
  const kept = additive ? sort : sort.filter((one) => one.field === field)
  if (!old.descending) return kept.map((one) => (one.field === field ? { field, descending: true } : one))
  return [...others]
}
