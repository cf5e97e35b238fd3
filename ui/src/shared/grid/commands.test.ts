import { describe, expect, it } from 'vitest'

import { commandOf } from './commands'

const press = (key: string, held: ('ctrl' | 'shift' | 'alt')[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: false,
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
})

describe('commandOf', () => {
  it.each([
    [press('d', ['ctrl']), 'fillDown'],
    [press('D', ['ctrl', 'shift']), 'duplicate'],
    [press('h', ['ctrl']), 'replace'],
    [press('Delete'), 'clear'],
    [press('F3'), 'findNext'],
    [press('F3', ['shift']), 'findPrevious'],
    [press('F10', ['shift']), 'menu'],
    [press('ContextMenu'), 'menu'],
    [press('ArrowRight', ['alt', 'shift']), 'wider'],
    [press('ArrowDown', ['alt', 'shift']), 'fillSeries'],
    [press('Enter', ['ctrl']), 'open'],
    [press('F1'), 'help'],
  ])('%j is %s', (event, expected) => {
    expect(commandOf(event)).toBe(expected)
  })

  it.each([press('v', ['ctrl']), press('z', ['ctrl']), press('ArrowLeft', ['alt']), press('a'), press('F10'), press('F1', ['shift']), press('F', ['ctrl', 'shift'])])(
    '%j is left to others',
    (event) => {
      expect(commandOf(event)).toBeUndefined()
    },
  )
})
