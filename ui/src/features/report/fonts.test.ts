import { expect, it } from 'vitest'

import { fontNames } from './fonts'

it('names fonts as people know them, each once', () => {
  expect(fontNames(['Noto Serif CJK SC', 'Noto Serif SC', 'Noto Sans CJK SC'])).toBe('思源宋体、思源黑体')
  expect(fontNames(['方正小标宋'])).toBe('方正小标宋')
})
