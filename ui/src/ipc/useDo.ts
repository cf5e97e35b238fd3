/** Runs a writing command of a screen: busy while it runs, told when done or refused. */
import { ref } from 'vue'

import { type Changed, toAppError } from '.'
import { useWrite } from './queries'
import { tellDone, tellRefusal } from '@/shared/notice'

export function useDo() {
  const write = useWrite()
  const busy = ref(false)
  async function run<T>(command: () => Promise<Changed<T>>, quiet = false): Promise<Changed<T> | null> {
    if (busy.value) return null
    busy.value = true
    try {
      const changed = await write(command)
      if (!quiet && changed.sentence) tellDone(`已${changed.sentence}。`)
      return changed
    } catch (cause) {
      tellRefusal(toAppError(cause))
      return null
    } finally {
      busy.value = false
    }
  }
  return { busy, run }
}
