import { beforeEach, describe, expect, it } from 'vitest'

import { Unsaved, problemsOf } from './unsaved'

let unsaved: Unsaved
beforeEach(() => {
  unsaved = new Unsaved()
})

const problem = (edit: number, field: string, text: string) => ({
  edit,
  field,
  label: field,
  text,
  message: '不是数字',
})

describe('Unsaved', () => {
  it('shows the typed text until the stored one has arrived', () => {
    const batch = unsaved.add('edit', [{ id: 'a', cells: [['area', '61.2']] }])
    unsaved.store(batch)
    expect(unsaved.cell('a', 'area')?.text).toBe('61.2')
    unsaved.settle()
    expect(unsaved.cell('a', 'area')).toBeUndefined()
  })

  it('keeps every text of a refused block and marks the bad cells', () => {
    const batch = unsaved.add('paste', [
      { id: 'a', cells: [['area', '六十'], ['room', '301']] },
      { id: null, cells: [['area', '70']] },
    ])
    unsaved.refuse(batch, [problem(0, 'area', '六十'), problem(1, 'room', '')])
    expect(unsaved.cell('a', 'area')).toEqual({ text: '六十', problem: '不是数字' })
    expect(unsaved.cell('a', 'room')).toEqual({ text: '301' })
    expect(unsaved.newRows()[0]?.cells.get('room')).toEqual({ text: '', problem: '不是数字' })
    expect(problemsOf(batch)).toBe(2)
  })

  it('is ready to be sent again when the last bad cell was typed over', () => {
    const batch = unsaved.add('paste', [{ id: 'a', cells: [['area', 'x']] }, { id: 'b', cells: [['area', 'y']] }])
    unsaved.refuse(batch, [problem(0, 'area', 'x'), problem(1, 'area', 'y')])
    expect(unsaved.retype('a', 'area', '60')).toBe(batch)
    expect(unsaved.mended(batch)).toBe(false)
    unsaved.retype('b', 'area', '61')
    expect(unsaved.mended(batch)).toBe(true)
    expect(unsaved.edits(batch)).toEqual([
      { id: 'a', cells: [{ field: 'area', text: '60' }] },
      { id: 'b', cells: [{ field: 'area', text: '61' }] },
    ])
  })

  it('does not mix a cell of another record into a waiting block', () => {
    const batch = unsaved.add('paste', [{ id: 'a', cells: [['area', 'x']] }])
    unsaved.refuse(batch, [problem(0, 'area', 'x')])
    expect(unsaved.retype('c', 'area', '5')).toBeUndefined()
    expect(unsaved.retype('a', 'room', '5')).toBeUndefined()
  })

  it('collects the cells of a new row', () => {
    const batch = unsaved.add('edit', [{ id: null, cells: [['name', '1号楼']] }])
    const key = unsaved.newRows()[0]?.key ?? ''
    expect(unsaved.retype(key, 'storeys', '6')).toBe(batch)
    expect(unsaved.edits(batch)[0]?.cells).toHaveLength(2)
    unsaved.store(batch)
    expect(unsaved.newRows()).toEqual([])
  })
})
