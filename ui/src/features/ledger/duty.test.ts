import { describe, expect, it } from 'vitest'

import { askDuty, isPin, question } from './duty'

describe('a PIN', () => {
  it('is four to eight digits, wide or narrow', () => {
    expect(['1234', '１２３４５６７８', ' 24680 '].every(isPin)).toBe(true)
    expect(['123', '123456789', '12a4', ''].some(isPin)).toBe(false)
  })
})

describe('the question', () => {
  it('gives up an earlier one', async () => {
    const first = askDuty(true)
    const second = askDuty(false)
    expect(await first).toBeNull()
    question.value?.answer(null)
    expect(await second).toBeNull()
    expect(question.value).toBeNull()
  })
})
