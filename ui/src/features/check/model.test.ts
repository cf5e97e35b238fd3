import { describe, expect, it } from 'vitest'

import type { CheckFinding, CheckSummary } from '@/ipc'

import { following, keyOf, ruleAfter } from './model'

const finding = (id: string) =>
  ({ rule: 'areaLarge', record: { kind: 'dwelling', id, label: id }, field: 'grossFloorArea' }) as CheckFinding
const summary = {
  groups: [{ rules: [{ code: 'a' }, { code: 'b' }] }, { rules: [] }, { rules: [{ code: 'c' }] }],
} as unknown as CheckSummary

describe('the next finding', () => {
  const list = ['1', '2', '3'].map(finding)

  it('comes after the one that stands open', () => {
    expect(following(list, keyOf(finding('2')), 1)).toBe(2)
    expect(following(list, keyOf(finding('3')), 2)).toBe(3)
  })

  it('takes the place of the one that was mended', () => {
    expect(following([finding('1'), finding('3')], keyOf(finding('2')), 1)).toBe(1)
  })

  it('is the first when none was opened', () => {
    expect(following(list, null, 0)).toBe(0)
  })
})

describe('the next rule', () => {
  it('is found across weights', () => {
    expect(ruleAfter(summary, 'a')).toBe('b')
    expect(ruleAfter(summary, 'b')).toBe('c')
    expect(ruleAfter(summary, 'c')).toBe(null)
  })
})
