/** The panel at the right: any screen may ask for a record to be opened there. */
import { computed, shallowReactive } from 'vue'

export interface PanelTarget {
  kind: string
  /** None for a new record. */
  id: string | null
  /** Where a new record belongs. */
  owner?: string | null
  /** Texts to begin with. */
  initial?: Record<string, string>
  /** Only these fields, in this order; all when left out. */
  only?: string[]
  title?: string
  /** The field to stand in from the start. */
  focus?: string
  /** A line above the fields: why the record was opened. */
  note?: string
  /** Opens the next of a list that is gone through one by one. */
  next?: () => void | Promise<void>
}

const stack = shallowReactive<PanelTarget[]>([])

/** Asks about what is typed into the panel and not stored; false keeps everything as it is. */
let guard: (() => Promise<boolean>) | null = null

export function usePanel() {
  return {
    current: computed(() => stack[stack.length - 1] ?? null),
    depth: computed(() => stack.length),
    open: openPanel,
    back: () => stack.pop(),
    replace: (target: PanelTarget) => {
      stack.splice(stack.length - 1, 1, target)
    },
    close: () => stack.splice(0),
    /** The panel watches over its unsaved text until it goes. */
    watchOver: (ask: (() => Promise<boolean>) | null) => {
      guard = ask
    },
    /** Whether the panel may be left, asked of the person where something would be lost. */
    mayLeave: () => guard?.() ?? Promise.resolve(true),
  }
}

export function openPanel(target: PanelTarget): void {
  stack.push(target)
}
