import { describe, expect, it } from 'vitest'

import type { FieldInfo, GridView, KindInfo } from '@/ipc'

import { looksOf, viewOf } from './useViews'

const field = (code: string): FieldInfo => ({
  code,
  label: code,
  unit: '',
  group: '',
  input: 'text',
  choices: [],
  choiceKeys: [],
  target: null,
  required: false,
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
  fields: [field('name'), field('storeys')],
}
const view: GridView = {
  name: '层数',
  columns: ['name', 'storeys'],
  widths: { storeys: 120 },
  frozen: 1,
  search: '3号',
  filters: [{ field: 'storeys', test: 'atLeast', text: '5' }],
  sort: [{ field: 'storeys', descending: true }],
  group: 'storeys',
}

describe('a saved view', () => {
  it('comes back as it was saved', () => {
    expect(viewOf('层数', looksOf(view, kind))).toEqual(view)
  })

  it('loses what the kind no longer has, so that it always opens', () => {
    const old: GridView = {
      ...view,
      columns: ['name', 'gone'],
      widths: { gone: 90, name: 70 },
      filters: [{ field: 'gone', test: 'filled', text: '' }],
      sort: [{ field: 'gone', descending: false }],
      group: 'gone',
    }
    expect(looksOf(old, kind)).toEqual({
      layout: { shown: ['name'], widths: { name: 70 }, frozen: 1 },
      search: '3号',
      filters: [],
      sort: [],
      group: null,
    })
  })
})
