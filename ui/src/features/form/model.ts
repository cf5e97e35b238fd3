/** What the screens of the forms know by themselves: places, looks and the search. */
import type {
  BoundCell,
  FormBinding,
  FormDifference,
  FormLook,
  FormPage,
  FormSource,
  FormSourceGroup,
} from '@/ipc'

/** Cell `B7` of a sheet, as one word. */
export function placeOf(binding: Pick<FormBinding, 'sheet' | 'cell'>): string {
  return `${binding.sheet} ${binding.cell}`
}

/** Bound cells by their place. */
export function byPlace(page: FormPage): Map<string, BoundCell> {
  return new Map(page.bindings.map((bound) => [placeOf(bound.binding), bound]))
}

/** The bindings with one put in place of what its cell held. */
export function withBinding(bindings: readonly FormBinding[], binding: FormBinding): FormBinding[] {
  return [...bindings.filter((other) => placeOf(other) !== placeOf(binding)), binding]
}

/** The bindings without those of a cell. */
export function withoutCell(bindings: readonly FormBinding[], place: string): FormBinding[] {
  return bindings.filter((other) => placeOf(other) !== place)
}

export function sameSource(one: FormSource, other: FormSource): boolean {
  const entries = (source: FormSource) => JSON.stringify(Object.entries(source).sort())
  return entries(one) === entries(other)
}

/** The groups with what matches every word of the search; empty groups fall away. */
export function searched(groups: readonly FormSourceGroup[], typed: string): FormSourceGroup[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter((choice) => {
        const text = `${group.title} ${choice.label} ${choice.words}`.toLowerCase()
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter((group) => group.choices.length > 0)
}

const SIDES: Record<string, string> = { l: 'borderLeft', r: 'borderRight', t: 'borderTop', b: 'borderBottom' }

/** How a cell of the form looks, for its element. */
export function styleOf(look: FormLook): Record<string, string> {
  const style: Record<string, string> = {}
  if (look.bold) style.fontWeight = '700'
  if (look.italic) style.fontStyle = 'italic'
  if (look.size > 0) style.fontSize = `${look.size / 7.5}px`
  if (look.color) style.color = look.color
  if (look.fill) style.background = look.fill
  if (look.horizontal) style.textAlign = look.horizontal
  if (look.vertical) style.verticalAlign = look.vertical === 'center' ? 'middle' : look.vertical
  if (look.wrap) style.whiteSpace = 'pre-wrap'
  for (const side of look.lines) {
    const name = SIDES[side]
    if (name) style[name] = '1px solid #5b6773'
  }
  return style
}

/** How a value stands to the one reported last: a sign that needs no colour, a word, a tone. */
export const DIFFERENCE: Record<FormDifference, { sign: string; word: string; tone: string }> = {
  same: { sign: '＝', word: '没变', tone: 'muted' },
  more: { sign: '▲', word: '增加', tone: 'good' },
  less: { sign: '▼', word: '减少', tone: 'bad' },
  other: { sign: '≠', word: '改了', tone: 'warn' },
  new: { sign: '＋', word: '新填', tone: 'muted' },
  gone: { sign: '－', word: '现在是空的', tone: 'bad' },
}
