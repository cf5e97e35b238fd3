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
    unsaved.store(batch, ['a'])
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
    unsaved.store(batch, ['b'])
    expect(unsaved.newRows(), 'shown until the list has it').toHaveLength(1)
    unsaved.settle()
    expect(unsaved.newRows()).toEqual([])
    expect(unsaved.recordOf(key)).toBe('b')
  })

  it('keeps what is typed into a row on its way, and gives it back as edits of the record', () => {
    const key = unsaved.nextKey
    const batch = unsaved.add('edit', [{ id: null, cells: [['name', '1号楼']] }])
    unsaved.leave(batch)
    expect(unsaved.waitingOf(key), 'it is not sent a second time').toBeUndefined()
    expect(unsaved.retype(key, 'storeys', '6')).toBe(batch)
    expect(unsaved.edits(batch)[0]?.cells).toHaveLength(1)
    expect(unsaved.cell(key, 'storeys')?.text).toBe('6')
    expect(unsaved.store(batch, ['b'])).toEqual([{ id: 'b', cells: [['storeys', '6']] }])
    expect(unsaved.cell('b', 'storeys')?.text).toBe('6')
  })

  it('keeps every text of a batch that could not be written, marked, and sends it again', () => {
    const batch = unsaved.add('paste', [{ id: 'a', cells: [['area', '61.2']] }, { id: null, cells: [['area', '70']] }])
    unsaved.leave(batch)
    unsaved.retype('new:1', 'room', '301')
    unsaved.fail(batch)
    expect(unsaved.refused()).toEqual([batch])
    expect(unsaved.cell('a', 'area')).toMatchObject({ text: '61.2', problem: '这一格还没有写进台账' })
    expect(unsaved.edits(batch)[1]?.cells).toEqual([{ field: 'area', text: '70' }, { field: 'room', text: '301' }])
    unsaved.leave(batch)
    unsaved.discardAll()
    expect(unsaved.open(), 'what is on its way is not given up').toEqual([batch])
  })

  it('takes what was typed meanwhile over what was refused', () => {
    const batch = unsaved.add('edit', [{ id: null, cells: [['name', '1号楼']] }])
    unsaved.leave(batch)
    unsaved.retype('new:1', 'storeys', '6')
    unsaved.refuse(batch, [problem(0, 'storeys', '')])
    expect(unsaved.mended(batch)).toBe(true)
    expect(unsaved.edits(batch)[0]?.cells).toContainEqual({ field: 'storeys', text: '6' })
  })
})
