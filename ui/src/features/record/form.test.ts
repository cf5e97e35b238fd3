import { describe, expect, it } from 'vitest'

import type { FieldInfo, KindInfo } from '@/ipc'

import { byField, changes, gaps, groups, stored } from './form'

const field = (code: string, group: string, required = false): FieldInfo => ({
  code,
  label: code,
  unit: '',
  group,
  input: 'text',
  choices: [],
  choiceKeys: [],
  target: null,
  required,
  firstClass: true,
  class: 'internal',
  summed: false,
  width: 80,
  help: '',
})
const kind: KindInfo = {
  kind: 'building',
  label: '楼栋',
  counter: '栋',
  inCompound: true,
  nameField: 'name',
  task: 'record',
  emptyHint: '',
  fields: [field('name', '楼栋', true), field('roof', '状况'), field('storeys', '楼栋')],
}

describe('groups', () => {
  it('keeps form order and joins what stands apart', () => {
    expect(groups(kind).map((group) => [group.title, group.fields.map((one) => one.code)])).toEqual([
      ['楼栋', ['name', 'storeys']],
      ['状况', ['roof']],
    ])
  })

  it('shows only what is asked for, in that order', () => {
    expect(groups(kind, ['roof', 'name', 'none']).map((group) => group.title)).toEqual(['状况', '楼栋'])
  })
})

describe('changes', () => {
  it('sends only what differs, emptied fields too', () => {
    const before = stored(kind, ['1号楼', '平屋面', ''])
    expect(changes(before, { ...before, roof: '', storeys: '6' })).toEqual([
      { field: 'roof', text: '' },
      { field: 'storeys', text: '6' },
    ])
  })
})

describe('gaps', () => {
  it('asks for required fields of a new record', () => {
    expect(gaps(kind, { name: ' ' }, [], true)).toEqual({ name: '请填写name' })
  })

  it('asks for an emptied required field of an old one only', () => {
    expect(gaps(kind, { name: '' }, [{ field: 'roof', text: '' }], false)).toEqual({})
    expect(gaps(kind, { name: '' }, [{ field: 'name', text: '' }], false)).toEqual({ name: '请填写name' })
  })
})

describe('byField', () => {
  it('puts each message at its field', () => {
    const problem = { edit: 0, field: 'roof', label: '屋面', text: '尖', message: '没有这一项' }
    expect(byField([problem])).toEqual({ roof: '没有这一项' })
  })
})
