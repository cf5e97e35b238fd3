import { describe, expect, it } from 'vitest'

import type { ComparisonRow } from '@/ipc'

import { delta, isEmpty, sections, tone } from './model'

const row = (code: string, more: Partial<ComparisonRow> = {}): ComparisonRow => ({
  code,
  label: code,
  group: 'parking',
  groupLabel: '停',
  unit: '位',
  better: 'higher',
  baseline: '10',
  proposed: '34',
  asBuilt: '10',
  delta: '+24',
  direction: 1,
  missing: '',
  ...more,
})

describe('isEmpty', () => {
  it.each([
    ['0', true],
    ['0.00', true],
    ['—', true],
    ['0.10', false],
    ['10', false],
  ])('%s', (text, empty) => {
    expect(isEmpty(row('a', { baseline: text, proposed: text, asBuilt: '' }))).toBe(empty)
  })
})

describe('sections', () => {
  it('groups in card order and leaves out what is empty until asked', () => {
    const rows = [
      row('a', { groupLabel: '拆' }),
      row('b', { baseline: '0', proposed: '0', asBuilt: '0' }),
      row('c'),
    ]
    expect(sections(rows, false).map((one) => [one.label, one.rows.length])).toEqual([['拆', 1], ['停', 1]])
    expect(sections(rows, true).map((one) => [one.label, one.rows.length])).toEqual([['拆', 1], ['停', 2]])
  })
})

describe('tone', () => {
  it('calls less better where less is better', () => {
    expect(tone({ better: 'lower', direction: -1 })).toBe('good')
    expect(tone({ better: 'lower', direction: 1 })).toBe('bad')
    expect(tone({ better: 'higher', direction: 1 })).toBe('good')
    expect(tone({ better: 'neutral', direction: 1 })).toBe('')
    expect(tone({ better: 'higher', direction: 0 })).toBe('')
  })
})

describe('delta', () => {
  it('shows direction without colour', () => {
    expect(delta({ delta: '+24', direction: 1 })).toBe('▲ +24')
    expect(delta({ delta: '-22', direction: -1 })).toBe('▼ -22')
    expect(delta({ delta: '0', direction: 0 })).toBe('不变')
    expect(delta({ delta: '', direction: 0 })).toBe('')
  })
})
