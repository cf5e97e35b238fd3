import { describe, expect, it } from 'vitest'

import { isTaken, takeDrops } from './drop'

describe('dropped files', () => {
  it('go to the list that came last and wants them, and to the window when none does', () => {
    const got: string[] = []
    const releaseFirst = takeDrops((paths) => got.push(`first ${paths.join()}`) > 0)
    const releaseLast = takeDrops((paths) => paths.includes('a.jpg') && got.push('last') > 0)
    expect(isTaken(['a.jpg'])).toBe(true)
    expect(isTaken(['b.jpg'])).toBe(true)
    releaseFirst()
    expect(isTaken(['b.jpg'])).toBe(false)
    releaseLast()
    expect(isTaken(['a.jpg'])).toBe(false)
    expect(got).toEqual(['last', 'first b.jpg'])
  })
})
