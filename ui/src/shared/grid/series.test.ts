import { describe, expect, it } from 'vitest'

import { extend } from './series'

describe('extend', () => {
  it.each([
    [['1号楼'], ['2号楼', '3号楼', '4号楼']],
    [['3号楼2单元'], ['3号楼3单元', '3号楼4单元', '3号楼5单元']],
    [['F-009'], ['F-010', 'F-011', 'F-012']],
    [['101', '102'], ['103', '104', '105']],
    [['101', '201'], ['301', '401', '501']],
    [['60.5', '61'], ['61.5', '62.0', '62.5']],
    [['2021-02-27'], ['2021-02-28', '2021-03-01', '2021-03-02']],
    [['2021-03-01', '2021-03-08'], ['2021-03-15', '2021-03-22', '2021-03-29']],
    // A single figure and a word are copied; what has no even step is repeated.
    [['62.09'], ['62.09', '62.09', '62.09']],
    [['住宅'], ['住宅', '住宅', '住宅']],
    [['住宅', '商业'], ['住宅', '商业', '住宅']],
    [['1', '2', '4'], ['1', '2', '4']],
    [['3号楼', '3号楼'], ['3号楼', '3号楼', '3号楼']],
    [[''], ['', '', '']],
  ])('%j goes on as %j', (seeds, expected) => {
    expect(extend(seeds, 3, 'smart')).toEqual(expected)
  })

  it('copies when asked to copy, counts when asked to count', () => {
    expect(extend(['1号楼', '2号楼'], 3, 'copy')).toEqual(['1号楼', '2号楼', '1号楼'])
    expect(extend(['7'], 2, 'series')).toEqual(['8', '9'])
  })

  it('counts backward, and not below the first', () => {
    expect(extend(['3号楼'], 3, 'smart', true)).toEqual(['2号楼', '1号楼', ''])
    expect(extend(['101', '102'], 2, 'smart', true)).toEqual(['100', '99'])
    expect(extend(['2021-03-01'], 1, 'smart', true)).toEqual(['2021-02-28'])
  })

  it('takes no impossible day for a date', () => {
    expect(extend(['2021-02-30'], 1, 'copy')).toEqual(['2021-02-30'])
  })
})
