/** How before and after are shown. */
import type { ComparisonRow } from '@/ipc'

export interface Section {
  label: string
  rows: ComparisonRow[]
}

const NOTHING = /^(|—|0(\.0+)?%?)$/

/** A row without anything in it at any stage. */
export function isEmpty(row: ComparisonRow): boolean {
  return [row.baseline, row.proposed, row.asBuilt].every((text) => NOTHING.test(text.trim()))
}

/** Rows by group in the order of the indicator card. */
export function sections(rows: readonly ComparisonRow[], all: boolean): Section[] {
  const found: Section[] = []
  for (const row of rows) {
    if (!all && isEmpty(row)) continue
    const section = found.find((one) => one.label === row.groupLabel)
    if (section) section.rows.push(row)
    else found.push({ label: row.groupLabel, rows: [row] })
  }
  return found
}

export type Tone = 'good' | 'bad' | ''

/** Better, worse or neither. */
export function tone(row: Pick<ComparisonRow, 'better' | 'direction'>): Tone {
  if (row.direction === 0 || row.better === 'neutral') return ''
  return (row.direction > 0) === (row.better === 'higher') ? 'good' : 'bad'
}

/** The difference with an arrow that reads in black and white as well. */
export function delta(row: Pick<ComparisonRow, 'delta' | 'direction'>): string {
  if (row.delta === '') return ''
  if (row.direction === 0) return '不变'
  return `${row.direction > 0 ? '▲' : '▼'} ${row.delta}`
}
