/** Reads of ballots, and the one way to write about them. */
import { useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, type Ref, computed, toValue } from 'vue'

import { type Changed, api, toAppError } from '@/ipc'
import { scope } from '@/ipc/changes'
import { useWrite } from '@/ipc/queries'
import { tellDone, tellRefusal } from '@/shared/notice'

type Key = MaybeRefOrGetter<string>

export function useBallots(compound: Key) {
  return useQuery({ queryKey: [scope.ballots, 'list', () => toValue(compound)], queryFn: () => api.ballotList(toValue(compound)) })
}

export function useBallot(id: Key) {
  return useQuery({ queryKey: [scope.ballots, 'one', () => toValue(id)], queryFn: () => api.ballotGet(toValue(id)), retry: false })
}

export function useRoll(id: Key) {
  return useQuery({ queryKey: [scope.ballots, 'roll', () => toValue(id)], queryFn: () => api.ballotRoll(toValue(id)) })
}

export function usePapers(id: Key) {
  return useQuery({ queryKey: [scope.ballots, 'papers', () => toValue(id)], queryFn: () => api.ballotPapers(toValue(id)) })
}

export function useTally(id: Key) {
  return useQuery({ queryKey: [scope.ballots, 'tally', () => toValue(id)], queryFn: () => api.ballotTally(toValue(id)) })
}

export function useParts(id: Key, motion: Key, code: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: [scope.ballots, 'parts', () => toValue(id), () => toValue(motion), () => toValue(code)],
    queryFn: () => api.ballotParts(toValue(id), toValue(motion), toValue(code) ?? ''),
    enabled: () => toValue(code) !== null,
  })
}

export function useLift(id: Key) {
  return useQuery({ queryKey: [scope.ballots, 'lift', () => toValue(id)], queryFn: () => api.liftGet(toValue(id)) })
}

/** Why a read failed, for the screen that waits for it. */
export function useFailure(query: { error: Ref<unknown> }) {
  return computed(() => (query.error.value ? toAppError(query.error.value) : null))
}

/** Runs a writing command and tells what was done, or why not. True when it was done. */
export function useAct() {
  const write = useWrite()
  return async function act<T>(command: () => Promise<Changed<T>>, tell = true): Promise<Changed<T> | null> {
    try {
      const reply = await write(command)
      if (tell && reply.transaction !== null) tellDone(`已${reply.sentence}`)
      return reply
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return null
    }
  }
}
