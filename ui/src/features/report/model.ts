import type { ReportDocument } from '@/ipc'

export interface DocumentGroup {
  title: string
  documents: ReportDocument[]
}

/** Documents under their headings, both in the order in which they come. */
export function groups(documents: readonly ReportDocument[]): DocumentGroup[] {
  const found: DocumentGroup[] = []
  for (const document of documents) {
    const group = found.find((one) => one.title === document.group)
    if (group) group.documents.push(document)
    else found.push({ title: document.group, documents: [document] })
  }
  return found
}

const WHICH = ['document', 'compound']

/** What was chosen, without what says which paper of which compound it is. */
export function choices(asked: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).filter((entry): entry is [string, string] => !WHICH.includes(entry[0]) && typeof entry[1] === 'string' && entry[1] !== ''),
  )
}
