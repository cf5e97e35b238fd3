import { describe, expect, it } from 'vitest'

import { screenRank } from './model'

describe('screens by name', () => {
  it.each([
    ['打印', 'dy', 0],
    ['打印', 'dayin', 0],
    ['打印', 'ＤＹ', 0],
    ['打印', '打', 1],
    ['前后对比', 'qh', 1],
    ['前后对比', 'qianhoud', 1],
    ['前后对比', '对比', 2],
    ['前后对比', 'db', 2],
    ['前后对比', 'b', undefined],
    ['打印', '3-2-301', undefined],
    ['没有读音', 'my', undefined],
    ['没有读音', '读音', 2],
  ])('%s by %s', (label, typed, rank) => {
    expect(screenRank(label, typed)).toBe(rank)
  })
})
