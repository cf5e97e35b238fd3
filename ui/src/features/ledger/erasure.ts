import type { ErasureCompound, ErasurePart } from '@/ipc'

/** What several compounds have of each sort, in the order of the first that has it. */
export function sortsOf(compounds: readonly ErasureCompound[]): ErasurePart[] {
  const sorts = new Map<string, ErasurePart>()
  for (const part of compounds.flatMap((one) => one.parts)) {
    const known = sorts.get(part.label)
    sorts.set(part.label, { ...part, count: part.count + (known?.count ?? 0) })
  }
  return [...sorts.values()]
}

/** Those whose works were accepted before a day; all that are due when no day is asked for. */
export function dueBefore(compounds: readonly ErasureCompound[], day: string): ErasureCompound[] {
  return compounds.filter((one) => one.due && (day === '' || (one.acceptedOn !== null && one.acceptedOn < day)))
}
