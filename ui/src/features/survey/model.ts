/** Typing a sheet in by digits: what a key does, and which questions are asked. No figure is made here. */
import type { Choice, Question } from '@/ipc'

/** The choices of a question; none for numbers, dates and text. */
export function choicesOf(question: Question): Choice[] {
  return question.choices ?? []
}

/** Digits of a choice typed without signs between. */
export function digitsOf(question: Question): number {
  return choicesOf(question).some((choice) => choice.number > 9) ? 2 : 1
}

export function chooses(question: Question): boolean {
  return ['single', 'multiple', 'rank', 'scale'].includes(question.kind)
}

function limitOf(question: Question): number {
  if (question.kind === 'single' || question.kind === 'scale') return 1
  return question.most ? question.most : choicesOf(question).length
}

/** The choices that are typed so far, as far as they can be told. */
export function typedChoices(question: Question, text: string): number[] {
  if (!chooses(question)) return []
  const figures = text.normalize('NFKC').match(/^[\d\s,，、.;；]*/)?.[0] ?? ''
  const step = digitsOf(question)
  return figures
    .split(/\D+/)
    .flatMap((part) => (part.length <= step ? [part] : (part.match(new RegExp(`.{1,${step}}`, 'g')) ?? [])))
    .filter((part) => part !== '')
    .map(Number)
}

/** Nothing more can be typed: the next question follows without a key. */
export function isFull(question: Question, text: string): boolean {
  if (!chooses(question) || !/^\d+$/.test(text)) return false
  const chosen = typedChoices(question, text)
  // A choice with words beside it waits for them.
  if (chosen.some((number) => choicesOf(question).find((choice) => choice.number === number)?.other)) return false
  return text.length === limitOf(question) * digitsOf(question)
}

/** A digit that is no choice of the question: told at once, before anything is stored. */
export function wrongChoice(question: Question, text: string): number | null {
  if (text.length < digitsOf(question)) return null
  return typedChoices(question, text).find((number) => !choicesOf(question).some((choice) => choice.number === number)) ?? null
}

export function isAsked(question: Question, questions: Question[], texts: Record<number, string>): boolean {
  const condition = question.showIf
  if (!condition) return true
  const other = questions.find((one) => one.key === condition.question)
  if (!other) return true
  return typedChoices(other, texts[other.key] ?? '').some((number) => condition.choices.includes(number))
}

/** The question that follows; null behind the last one. */
export function nextAsked(questions: Question[], texts: Record<number, string>, after: number): number | null {
  for (let at = after + 1; at < questions.length; at += 1) {
    const question = questions[at]
    if (question && isAsked(question, questions, texts)) return at
  }
  return null
}

/** Keys for a sheet with these answers, after its code: digits, and one Tab where a question is not full. */
export function keysOf(questions: Question[], texts: Record<number, string>): number {
  let keys = 0
  let at = nextAsked(questions, texts, -1)
  while (at !== null) {
    const question = questions[at]!
    const text = texts[question.key] ?? ''
    keys += text.length + (isFull(question, text) ? 0 : 1)
    at = nextAsked(questions, texts, at)
  }
  return keys
}

/** A question that was just added to a questionnaire. */
export function newQuestion(key: number): Question {
  return {
    key,
    group: '',
    title: '',
    kind: 'single',
    choices: [
      { number: 1, text: '是', other: false, stance: null },
      { number: 2, text: '否', other: false, stance: null },
    ],
    most: 0,
    required: false,
    showIf: null,
    topic: null,
    unit: '',
  }
}
