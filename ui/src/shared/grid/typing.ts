/**
 * Typing over a selected cell, input methods included. One text area owns the focus and lies over the cell; it is
 * invisible until the first letter or the start of a composition turns it into the editor. Nothing that happens
 * inside of a composition is a command: candidates are chosen with Enter, digits, arrows and Esc.
 */
import type { Step } from './selection'

export interface Key {
  key: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}

/** `typing`: what is typed replaces the cell, arrows commit. `editing`: the old text is changed, arrows move the caret. */
export type Mode = 'idle' | 'typing' | 'editing'

export type Command =
  /** Not ours: the browser does what it does. */
  | { do: 'pass' }
  /** Inside of a composition: the browser alone, nobody else may see it. */
  | { do: 'swallow' }
  | { do: 'commit'; step: Step | null }
  /** Ctrl+Enter: every selected cell gets the text. */
  | { do: 'commitAll' }
  | { do: 'cancel' }
  /** Idle: a key of the grid. */
  | { do: 'grid' }
  | { do: 'edit' }
  | { do: 'list'; by: 1 | -1 }
  | { do: 'openList' }
  | { do: 'newline' }

const ARROWS: Record<string, Step> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export class Typing {
  mode: Mode = 'idle'
  private composing = false

  /** Candidates are shown: the text is not what the person means yet. */
  get isComposing(): boolean {
    return this.composing
  }

  /** The first letter of an input method: the cell's text is replaced. True when the editor must appear. */
  compositionStart(): boolean {
    this.composing = true
    return this.begin()
  }

  compositionEnd(): void {
    this.composing = false
  }

  /** Text arrived in the text area. True when the editor must appear. */
  input(): boolean {
    return this.begin()
  }

  /** F2 or a double click: change the old text. */
  edit(): void {
    this.mode = 'editing'
  }

  /** The editor is gone. */
  end(): void {
    this.mode = 'idle'
    this.composing = false
  }

  key(event: Key, list: boolean, lines: boolean): Command {
    if (this.composing || event.isComposing || event.keyCode === 229 || event.key === 'Process') {
      return { do: 'swallow' }
    }
    return this.mode === 'idle' ? this.idleKey(event) : this.editorKey(event, list, lines)
  }

  private begin(): boolean {
    if (this.mode !== 'idle') return false
    this.mode = 'typing'
    return true
  }

  private idleKey(event: Key): Command {
    if (event.key === 'F2') return { do: 'edit' }
    if (event.key === 'ArrowDown' && event.altKey && !event.shiftKey) return { do: 'openList' }
    const letter = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    return letter ? { do: 'pass' } : { do: 'grid' }
  }

  private editorKey(event: Key, list: boolean, lines: boolean): Command {
    switch (event.key) {
      case 'Escape':
        return { do: 'cancel' }
      case 'Enter':
        if (event.altKey && lines) return { do: 'newline' }
        if (event.ctrlKey || event.metaKey) return { do: 'commitAll' }
        return { do: 'commit', step: event.shiftKey ? 'up' : 'down' }
      case 'Tab':
        return { do: 'commit', step: event.shiftKey ? 'previous' : 'next' }
    }
    const arrow = ARROWS[event.key]
    if (arrow === undefined || event.ctrlKey || event.metaKey) return { do: 'pass' }
    if (list && arrow === 'down') return { do: 'list', by: 1 }
    if (list && arrow === 'up') return { do: 'list', by: -1 }
    if (this.mode === 'typing' && !event.shiftKey) return { do: 'commit', step: arrow }
    return { do: 'pass' }
  }
}
