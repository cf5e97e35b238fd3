import { beforeEach, expect, it } from 'vitest'

import { remember, remembered } from './remembered'

beforeEach(() => localStorage.clear())

it('keeps sheet, theme and filling of a paper, and nothing about whom it is', () => {
  remember('D4', { sheet: 'a3', theme: 'visits', building: 'b', plan: 'p', reason: 'r' })
  expect(remembered('D4')).toEqual({ sheet: 'a3', theme: 'visits' })
  expect(remembered('D6')).toEqual({})
})

it('asks for whole names each time', () => {
  remember('D21', { variant: 'whole' })
  expect(remembered('D21')).toEqual({})
})

it('begins anew when what was kept is broken', () => {
  localStorage.setItem('paper:D4', '{')
  expect(remembered('D4')).toEqual({})
})
