/** Photos and scans of a record. */
import type { AttachmentRow, AttachmentStage, PastedFile } from '@/ipc'

export const STAGES: { code: AttachmentStage; label: string }[] = [
  { code: 'before', label: '改造前' },
  { code: 'during', label: '施工中' },
  { code: 'after', label: '改造后' },
  { code: 'other', label: '其他' },
]

/** The photo so many steps on, round and round. */
export function neighbour(photos: readonly { id: string }[], shown: string | null, by: number): string | null {
  const at = photos.findIndex((photo) => photo.id === shown)
  if (at < 0) return null
  return photos[(at + by + photos.length) % photos.length]?.id ?? null
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => { resolve(String(reader.result).replace(/^[^,]*,/, '')) }
    reader.onerror = () => { reject(reader.error ?? new Error('unreadable')) }
    reader.readAsDataURL(file)
  })
}

/** Files of the clipboard, ready to be sent. A bare picture is called image.png by the browser: it has no name. */
export function pastedFiles(files: readonly File[]): Promise<PastedFile[]> {
  return Promise.all(
    files.map(async (file) => ({ name: file.name === 'image.png' ? '' : file.name, base64: await base64(file) })),
  )
}

export interface Viewpoint {
  viewpoint: string
  /** 改造前, 施工中, 改造后. */
  columns: { stage: AttachmentStage; rows: AttachmentRow[] }[]
}

/** Photos with a viewpoint side by side: the stages of one viewpoint are one row. */
export function byViewpoint(rows: readonly AttachmentRow[]): Viewpoint[] {
  const paired = rows.filter(isPaired)
  const names = [...new Set(paired.map((row) => row.viewpoint))]
  return names.map((viewpoint) => ({
    viewpoint,
    columns: PAIRED.map((stage) => ({
      stage,
      rows: paired.filter((row) => row.viewpoint === viewpoint && row.stage === stage),
    })),
  }))
}

/** Whether a photo stands in a row of its viewpoint. */
export function isPaired(row: AttachmentRow): boolean {
  return row.viewpoint !== '' && PAIRED.includes(row.stage)
}

const PAIRED: AttachmentStage[] = ['before', 'during', 'after']
