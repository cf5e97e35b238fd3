/** Looking up a measure of the catalogue. */
import type { Measure } from '@/ipc'
import { narrowed } from '@/shared/grid/choices'

/** The measures that the typed text may mean; without any, those that most residents ask for come first. */
export function found(measures: readonly Measure[], typed: string): Measure[] {
  if (typed.trim() === '') return [...measures].sort((one, other) => other.wanted - one.wanted)
  const verbs = measures.filter((measure) => measure.verb === typed.trim())
  if (verbs.length > 0) return verbs
  const names = narrowed(measures.map((measure) => measure.name), measures.map((measure) => measure.keys), typed)
  return names.flatMap((name) => measures.filter((measure) => measure.name === name))
}
