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

type Outcome = { status: 'ok'; data: unknown } | { status: 'error'; error: unknown }

function opened(command: (...args: never[]) => Promise<unknown>) {
  return async (...args: never[]): Promise<unknown> => {
    let outcome: Outcome
    try {
      outcome = (await command(...args)) as Outcome
    } catch (cause) {
      throw toAppError(cause)
    }
    if (outcome.status === 'ok') return outcome.data
    throw toAppError(outcome.error)
  }
}

export const api = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [
    name,
    opened(command as (...args: never[]) => Promise<unknown>),
  ]),
) as Api
