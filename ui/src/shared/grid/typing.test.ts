import { beforeEach, describe, expect, it } from 'vitest'

import { type Key, Typing } from './typing'

const plain: Key = {
  key: '',
  keyCode: 0,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
}
const press = (key: string, more: Partial<Key> = {}): Key => ({ ...plain, key, ...more })
/** What Windows sends while an input method is at work. */
const process = press('Process', { keyCode: 229 })

let typing: Typing
const send = (key: Key, list = false, lines = false) => typing.key(key, list, lines)

beforeEach(() => {
  typing = new Typing()
})

describe('an input method on Windows', () => {
  it('turns the text area into the editor and keeps every key until the end', () => {
    expect(send(process)).toEqual({ do: 'swallow' })
    expect(typing.compositionStart()).toBe(true)
    for (const key of ['Enter', 'Escape', 'ArrowDown', 'Tab', '2', ' ']) {
      expect(send(press(key, { isComposing: true, keyCode: 229 }))).toEqual({ do: 'swallow' })
    }
    typing.compositionEnd()
    expect(send(press('Enter'))).toEqual({ do: 'commit', step: 'down' })
  })

  it('does not take the Enter that chooses a candidate for a commit', () => {
    typing.compositionStart()
    expect(send(press('Enter', { keyCode: 229 }))).toEqual({ do: 'swallow' })
    expect(typing.mode).toBe('typing')
  })

  it('takes the key after the composition (WebKit order) as part of it', () => {
    typing.compositionStart()
    typing.compositionEnd()
    expect(send(press('Enter', { keyCode: 229 }))).toEqual({ do: 'swallow' })
  })

  it('lets Esc end the composition first and the editor second', () => {
    typing.compositionStart()
    expect(send(press('Escape', { isComposing: true }))).toEqual({ do: 'swallow' })
    typing.compositionEnd()
    expect(send(press('Escape'))).toEqual({ do: 'cancel' })
  })

  it('composes again inside the open editor without beginning anew', () => {
    typing.edit()
    expect(typing.compositionStart()).toBe(false)
    expect(typing.mode).toBe('editing')
  })
})

describe('plain typing', () => {
  it('passes letters to the text area, whose first input begins', () => {
    expect(send(press('a', { keyCode: 65 }))).toEqual({ do: 'pass' })
    expect(typing.input()).toBe(true)
    expect(typing.input()).toBe(false)
    expect(typing.mode).toBe('typing')
  })

  it('gives other keys to the grid while idle', () => {
    for (const key of ['ArrowDown', 'Enter', 'Tab', 'Delete', 'Escape']) {
      expect(send(press(key))).toEqual({ do: 'grid' })
    }
    expect(send(press('c', { ctrlKey: true }))).toEqual({ do: 'grid' })
    expect(send(press('F2'))).toEqual({ do: 'edit' })
  })

  it('commits and moves', () => {
    typing.input()
    expect(send(press('Enter', { shiftKey: true }))).toEqual({ do: 'commit', step: 'up' })
    expect(send(press('Tab'))).toEqual({ do: 'commit', step: 'next' })
    expect(send(press('Tab', { shiftKey: true }))).toEqual({ do: 'commit', step: 'previous' })
    expect(send(press('ArrowLeft'))).toEqual({ do: 'commit', step: 'left' })
  })

  it('moves the caret when the old text is changed', () => {
    typing.edit()
    expect(send(press('ArrowLeft'))).toEqual({ do: 'pass' })
    expect(send(press('Home'))).toEqual({ do: 'pass' })
  })

  it('walks through a list with the arrows', () => {
    typing.input()
    expect(send(press('ArrowDown'), true)).toEqual({ do: 'list', by: 1 })
    expect(send(press('ArrowUp'), true)).toEqual({ do: 'list', by: -1 })
    expect(send(press('ArrowLeft'), true)).toEqual({ do: 'commit', step: 'left' })
  })

  it('breaks lines only where lines belong', () => {
    typing.input()
    expect(send(press('Enter', { altKey: true }), false, true)).toEqual({ do: 'newline' })
    expect(send(press('Enter', { altKey: true }))).toEqual({ do: 'commit', step: 'down' })
  })

  it('writes into all selected cells with Ctrl+Enter, and opens with it while idle', () => {
    expect(send(press('Enter', { ctrlKey: true }))).toEqual({ do: 'grid' })
    typing.input()
    expect(send(press('Enter', { ctrlKey: true }))).toEqual({ do: 'commitAll' })
  })

  it('leaves Shift to the input method that it switches', () => {
    typing.compositionStart()
    expect(typing.isComposing).toBe(true)
    expect(send(press('Shift', { shiftKey: true }))).toEqual({ do: 'swallow' })
    typing.compositionEnd()
    expect(send(press('Shift', { shiftKey: true }))).toEqual({ do: 'pass' })
    typing.end()
    expect(send(press('Shift', { shiftKey: true }))).toEqual({ do: 'grid' })
  })

  it('is idle after the end', () => {
    typing.input()
    typing.end()
    expect(send(press('ArrowDown'))).toEqual({ do: 'grid' })
  })
})
