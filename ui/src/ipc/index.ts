/** The one door to the commands: values come back as they are, refusals are thrown as AppError. */
import { commands } from './bindings'
import { toAppError } from './error'

export type * from './bindings'
export { AppError, isCancelled, toAppError } from './error'

type Commands = typeof commands
type Value<R> = R extends { status: 'ok'; data: infer T } ? T : never
type Api = {
  [K in keyof Commands]: (
    ...args: Parameters<Commands[K]>
  ) => Promise<Value<Awaited<ReturnType<Commands[K]>>>>
}

/** Since when each command that is not answered yet has been waited for. */
const waiting = new Set<{ since: number }>()

/** Commands about waiting, which do not count as that. */
const ASIDE = ['workProgress', 'workStop']

/** For how many milliseconds the slowest command has been waited for. */
export function waitedFor(): number {
  let longest = 0
  for (const { since } of waiting) longest = Math.max(longest, Date.now() - since)
  return longest
}

type Outcome = { status: 'ok'; data: unknown } | { status: 'error'; error: unknown }

function opened(name: string, command: (...args: never[]) => Promise<unknown>) {
  return async (...args: never[]): Promise<unknown> => {
    let outcome: Outcome
    const wait = { since: Date.now() }
    if (!ASIDE.includes(name)) waiting.add(wait)
    try {
      outcome = (await command(...args)) as Outcome
    } catch (cause) {
      throw toAppError(cause)
    } finally {
      waiting.delete(wait)
    }
    if (outcome.status === 'ok') return outcome.data
    throw toAppError(outcome.error)
  }
}

export const api = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [
    name,
    opened(name, command as (...args: never[]) => Promise<unknown>),
  ]),
) as Api
