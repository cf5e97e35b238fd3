/** What was last chosen for a paper on this computer: its sheet, theme and way of filling. Which plan, building or
 * person it is about is chosen each time, and so are whole names with their reason. */
import type { DocumentCode } from '@/ipc'

const KEPT = ['sheet', 'theme', 'variant']
const WHOLE_NAMES = 'whole'

function place(document: DocumentCode): string {
  return `paper:${document}`
}

export function remember(document: DocumentCode, chosen: Readonly<Record<string, string>>): void {
  const kept = Object.entries(chosen).filter(([code, value]) => KEPT.includes(code) && value !== WHOLE_NAMES)
  if (kept.length === 0) localStorage.removeItem(place(document))
  else localStorage.setItem(place(document), JSON.stringify(Object.fromEntries(kept)))
}

export function remembered(document: DocumentCode): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(document)) ?? '{}')
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => KEPT.includes(entry[0]) && typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}
