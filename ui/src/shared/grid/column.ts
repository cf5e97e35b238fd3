/** A column as a grid shows it. */
export interface GridColumn {
  code: string
  label: string
  unit: string
  input: 'text' | 'longText' | 'number' | 'date' | 'choice' | 'flag' | 'reference'
  choices: string[]
  /** Letters that may be typed for each choice while the input method is off. */
  choiceKeys: string[][]
  required: boolean
  help: string
  width: number
  frozen: boolean
  /** Place among the sort columns from 1, none when not sorted by it. */
  sorted: { place: number; descending: boolean } | null
  filtered: boolean
}

/** A cell as a grid shows it. */
export interface GridCell {
  text: string
  /** What is wrong with the typed text; it is not stored. */
  problem?: string
}

/** Columns whose cells have a list to choose from. */
export function hasList(column: GridColumn): boolean {
  return column.input === 'choice' || column.input === 'flag' || column.input === 'reference'
}
