import { describe, expect, it } from 'vitest'

import type { FormBinding, FormLook, FormSourceGroup } from '@/ipc'

import { sameSource, searched, styleOf, withBinding, withoutCell } from './model'

const at = (cell: string, text = ''): FormBinding => ({
  sheet: '表', cell, source: { kind: 'text', text }, unit: '', perRow: false,
})

describe('bindings', () => {
  it('hold one thing per cell', () => {
    const both = withBinding([at('A1', '旧'), at('B1')], at('A1', '新'))
    expect(both).toEqual([at('B1'), at('A1', '新')])
    expect(withoutCell(both, '表 B1')).toEqual([at('A1', '新')])
  })

  it('know the same source whatever the order of its parts', () => {
    const one = { kind: 'indicator', code: 'people', stage: 'baseline' } as const
    expect(sameSource(one, { stage: 'baseline', kind: 'indicator', code: 'people' })).toBe(true)
    expect(sameSource(one, { ...one, stage: 'proposed' })).toBe(false)
  })
})

describe('the search', () => {
  const groups: FormSourceGroup[] = [
    { title: '统计数', choices: [{ source: { kind: 'statistic', code: 'S05' }, label: '年度完成投资', words: 'S05 完成投资', note: '', units: ['元', '万元'] }] },
    { title: '小区字段', choices: [{ source: { kind: 'field', field: 'name' }, label: '小区名称', words: '名称', note: '', units: [] }] },
  ]
  it('finds by name, other words and heading', () => {
    expect(searched(groups, 's05').map((group) => group.title)).toEqual(['统计数'])
    expect(searched(groups, '小区 名称')).toHaveLength(1)
    expect(searched(groups, '没有')).toEqual([])
    expect(searched(groups, ' ')).toHaveLength(2)
  })
})

describe('the look of a cell', () => {
  it('draws lines, letters and ground', () => {
    const look: FormLook = { bold: true, italic: false, size: 180, color: '', fill: '#fff2cc', horizontal: 'center', vertical: 'center', wrap: false, lines: 'lb' }
    expect(styleOf(look)).toEqual({
      fontWeight: '700', fontSize: '24px', background: '#fff2cc', textAlign: 'center', verticalAlign: 'middle',
      borderLeft: '1px solid #5b6773', borderBottom: '1px solid #5b6773',
    })
  })
})
