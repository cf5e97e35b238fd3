import { describe, expect, it } from 'vitest'

import type { QuestionKind, Question } from '@/ipc'

import { isAsked, isFull, keysOf, newQuestion, nextAsked, typedChoices, wrongChoice } from './model'

function question(key: number, kind: QuestionKind, count: number, most = 0): Question {
  const choices = Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    text: `选项${at + 1}`,
    other: at === count - 1 && kind === 'multiple',
    stance: null,
  }))
  return { ...newQuestion(key), kind, choices, most }
}

describe('typing a sheet by digits', () => {
  it('goes on by itself when nothing more can be typed', () => {
    expect(isFull(question(1, 'single', 4), '3')).toBe(true)
    expect(isFull(question(1, 'scale', 5), '')).toBe(false)
    expect(isFull(question(1, 'multiple', 8, 3), '12')).toBe(false)
    expect(isFull(question(1, 'multiple', 8, 3), '123')).toBe(true)
    expect(isFull(question(1, 'multiple', 8, 3), '128')).toBe(false)
    expect(isFull(question(1, 'rank', 12, 3), '120301')).toBe(true)
    expect(isFull(question(1, 'number', 0), '4')).toBe(false)
  })

  it('reads digits with and without signs, in either width', () => {
    expect(typedChoices(question(1, 'multiple', 8), '1，3')).toEqual([1, 3])
    expect(typedChoices(question(1, 'multiple', 8), '１３')).toEqual([1, 3])
    expect(typedChoices(question(1, 'multiple', 22), '0122 路灯')).toEqual([1, 22])
    expect(wrongChoice(question(1, 'single', 4), '7')).toBe(7)
    expect(wrongChoice(question(1, 'multiple', 22), '2')).toBeNull()
  })

  it('leaves out what is not asked', () => {
    const why = { ...question(2, 'multiple', 6), showIf: { question: 1, choices: [2, 3] } }
    const questions = [question(1, 'single', 3), why, question(3, 'text', 0)]
    expect(isAsked(why, questions, { 1: '1' })).toBe(false)
    expect(nextAsked(questions, { 1: '1' }, 0)).toBe(2)
    expect(nextAsked(questions, { 1: '2' }, 0)).toBe(1)
    expect(nextAsked(questions, {}, 2)).toBeNull()
  })

  it('needs fewer keys than seconds times three for forty questions', () => {
    const questions = Array.from({ length: 40 }, (_, at) =>
      at < 33 ? question(at + 1, 'scale', 5) : at < 36 ? question(at + 1, 'multiple', 8, 3) : at < 39 ? question(at + 1, 'number', 0) : question(40, 'text', 0),
    )
    const texts: Record<number, string> = {}
    for (const one of questions) texts[one.key] = one.kind === 'scale' ? '4' : one.kind === 'multiple' ? '135' : one.kind === 'number' ? '3' : ''
    // A scanner types the code; three keys a second are slow typing.
    expect(keysOf(questions, texts)).toBe(33 + 9 + 6 + 1)
    expect(keysOf(questions, texts) / 3).toBeLessThan(40)
  })
})
