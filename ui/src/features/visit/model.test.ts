import { describe, expect, it } from 'vitest'

import { after, blank, entryOf, isBlank, isPassed } from './model'

describe('the form of a sheet', () => {
  it('asks why only when nobody was met', () => {
    const typed = { ...blank(), outcome: '1' }
    expect(isPassed('cause', typed)).toBe(true)
    expect(after('way', typed)).toBe('words')
    typed.outcome = '无法联系'
    expect(after('way', typed)).toBe('cause')
    expect(after('next', typed)).toBeNull()
  })

  it('knows when nothing was typed', () => {
    expect(isBlank(blank())).toBe(true)
    expect(isBlank({ ...blank(), words: '好' })).toBe(false)
  })

  it('sends what was typed as it was typed', () => {
    const frame = { compound: 'c', round: '20210306-1', day: '2021-3-6', visitors: '示例员甲' }
    const entry = entryOf({ ...blank(), place: ' 3 ' }, frame, { household: null, decided: true })
    expect(entry).toMatchObject({ place: ' 3 ', round: '20210306-1', decided: true, household: null })
  })
})
