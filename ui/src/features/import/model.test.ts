import { describe, expect, it } from 'vitest'

import type { ImportStates } from '@/ipc'

import { chosenCount, isChosen, pickKey } from './model'

const states: ImportStates = { new: 10, changed: 3, unchanged: 5, conflict: 2, bad: 1, flawed: 1 }

describe('choosing rows', () => {
  it('takes whole states but for single rows', () => {
    const kept = { table: 0, row: 4 }
    const taken = { table: 0, row: 7 }
    const choice = {
      states: new Set(['new', 'changed'] as const),
      except: new Map([
        [pickKey(kept), { pick: kept, state: 'new' as const }],
        [pickKey(taken), { pick: taken, state: 'conflict' as const }],
      ]),
    }
    expect(chosenCount(choice, states)).toBe(13)
    expect(isChosen(choice, kept, 'new')).toBe(false)
    expect(isChosen(choice, taken, 'conflict')).toBe(true)
    expect(isChosen(choice, { table: 0, row: 1 }, 'conflict')).toBe(false)
    expect(isChosen(choice, { table: 1, row: 4 }, 'new')).toBe(true)
    expect(isChosen(choice, { table: 0, row: 0 }, 'bad')).toBe(false)
  })
})
