import { describe, expect, it } from 'vitest'

import type { AttachmentRow } from '@/ipc'

import { byViewpoint, neighbour, pastedFiles } from './attachments'

describe('attachments', () => {
  const photos = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  it('steps round and round', () => {
    expect(neighbour(photos, 'a', 1)).toBe('b')
    expect(neighbour(photos, 'a', -1)).toBe('c')
    expect(neighbour(photos, 'c', 1)).toBe('a')
    expect(neighbour(photos, 'gone', 1)).toBeNull()
  })
  it('puts the stages of a viewpoint side by side', () => {
    const row = (id: string, viewpoint: string, stage: AttachmentRow['stage']) => ({ id, viewpoint, stage }) as AttachmentRow
    const groups = byViewpoint([row('a', '东门', 'before'), row('b', '东门', 'after'), row('c', '', 'before'), row('d', '西门', 'other')])
    expect(groups.map((group) => group.viewpoint)).toEqual(['东门'])
    expect(groups[0]?.columns.map((column) => column.rows.map((one) => one.id))).toEqual([['a'], [], ['b']])
  })
  it('sends pasted bytes, without the name that a browser makes up', async () => {
    const files = [new File(['ab'], 'image.png'), new File(['c'], '门口.jpg')]
    expect(await pastedFiles(files)).toEqual([{ name: '', base64: 'YWI=' }, { name: '门口.jpg', base64: 'Yw==' }])
  })
})
