/** Lists to choose from, narrowed while a person types hanzi, initials or whole syllables. */

/** Letters and digits alone: typed with the input method off, they may stand for hanzi. */
export function isSpelled(typed: string): boolean {
  return /^[a-z0-9]*[a-z][a-z0-9]*$/i.test(typed)
}

/** The choices that the typed text may mean: those that hold it, then those that are spelled so. */
export function narrowed(choices: readonly string[], keys: readonly string[][], typed: string): string[] {
  const text = typed.trim()
  if (text === '') return [...choices]
  const letters = text.toLowerCase()
  const rank = (choice: string, at: number): number => {
    if (choice.includes(text)) return 0
    const spelled = isSpelled(text) ? (keys[at] ?? []) : []
    if (spelled.some((key) => key.startsWith(letters))) return 1
    return letters.length > 1 && spelled.some((key) => key.includes(letters)) ? 2 : 3
  }
  return choices
    .map((choice, at) => ({ choice, rank: rank(choice, at) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map((one) => one.choice)
}

/**
 * The line that the typed text means, -1 for none. A record is never guessed from a part of its name: 5号楼 must not
 * become 15号楼. Letters are no name of a record, so the first one spelled so is meant.
 */
export function meant(list: readonly string[], typed: string, isRecord: boolean): number {
  const exact = list.indexOf(typed)
  if (exact >= 0 || list.length === 0) return exact
  if (isSpelled(typed)) return 0
  if (isRecord) return -1
  return list.length === 1 ? 0 : list.findIndex((choice) => choice.startsWith(typed))
}
