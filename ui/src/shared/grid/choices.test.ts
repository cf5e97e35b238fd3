import { describe, expect, it } from 'vitest'

import { meant, narrowed } from './choices'

const CHOICES = ['住宅', '商业', '杂物间', '办公']
const KEYS = [['zz', 'zhuzhai'], ['sy', 'shangye'], ['zwj', 'zawujian'], ['bg', 'bangong']]

describe('a list while a person types', () => {
  it.each([
    ['', CHOICES],
    ['住', ['住宅']],
    ['zz', ['住宅']],
    ['z', ['住宅', '杂物间']],
    ['SHANG', ['商业']],
    ['gong', ['办公']],
    ['x', []],
  ])('%s offers %j', (typed, expected) => {
    expect(narrowed(CHOICES, KEYS, typed)).toEqual(expected)
  })

  it('means the first line that is spelled so', () => {
    expect(meant(['住宅', '杂物间'], 'z', false)).toBe(0)
    expect(meant(['张某', '赵某'], 'z', true)).toBe(0)
  })

  it('never guesses a record from a part of its name', () => {
    expect(meant(['15号楼'], '5号楼', true)).toBe(-1)
    expect(meant(['15号楼', '5号楼'], '5号楼', true)).toBe(1)
    expect(meant(['住宅'], '住', false)).toBe(0)
    expect(meant([], 'zz', false)).toBe(-1)
  })
})
