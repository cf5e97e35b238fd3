import { describe, expect, it } from 'vitest'

import type { StandardGroup, StandardRule, StandardVerdict } from '@/ipc'

import { count, resting, shown } from './model'

function rule(code: string, verdicts: StandardVerdict[]): StandardRule {
  const stages = (['baseline', 'proposed', 'asBuilt'] as const).slice(0, verdicts.length)
  return {
    code,
    name: code,
    requirement: '',
    source: '',
    clause: '',
    region: '全国',
    standingLabel: '',
    mark: '',
    enabled: verdicts.length > 0,
    here: true,
    stages: stages.map((stage, index) => ({
      stage,
      verdict: verdicts[index] ?? 'void',
      verdictLabel: '',
      told: '',
      rows: [],
      missing: [],
      missingCount: 0,
    })),
  }
}

const groups: StandardGroup[] = [
  { label: '绿地', rules: [rule('a', ['unmet', 'met', 'unknown']), rule('b', [])] },
  { label: '停车', rules: [rule('c', ['met', 'met', 'met'])] },
]

describe('the table of standards', () => {
  it('counts by stage and verdict', () => {
    expect(count(groups, 'baseline', 'unmet')).toBe(1)
    expect(count(groups, 'proposed', 'met')).toBe(2)
    expect(count(groups, 'asBuilt', 'unmet')).toBe(0)
  })

  it('shows what was asked, and only what says so', () => {
    expect(shown(groups, null, 'proposed').flatMap((group) => group.rules.map((one) => one.code))).toEqual(['a', 'c'])
    expect(shown(groups, 'unmet', 'baseline').map((group) => group.label)).toEqual(['绿地'])
    expect(shown(groups, 'void', 'baseline')).toEqual([])
  })

  it('keeps apart what was not asked', () => {
    expect(resting(groups).map((one) => one.code)).toEqual(['b'])
  })
})
