/** What the window waits for: how far it is, and stopping it. */
import { onBeforeUnmount, onMounted, ref } from 'vue'

import { type WorkProgress, api, waitedFor } from '.'
import { tellDone } from '@/shared/notice'

/** Nobody is told of what is over sooner than that, in milliseconds. */
const PATIENCE = 1200
const EVERY = 400

export function useWork() {
  const work = ref<WorkProgress | null>(null)
  const seconds = ref(0)
  const stopping = ref(false)
  let asking = false
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    if (asking) return
    const waited = waitedFor()
    asking = true
    try {
      work.value = waited < PATIENCE ? null : await api.workProgress()
    } catch {
      work.value = null
    }
    asking = false
    seconds.value = Math.floor(waited / 1000)
    if (work.value === null && stopping.value) {
      stopping.value = false
      tellDone('已停下。没有做完的都不算，台账没有改。')
    }
  }

  async function stop(): Promise<void> {
    stopping.value = await api.workStop()
  }

  onMounted(() => {
    timer = setInterval(() => void look(), EVERY)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return { work, seconds, stopping, stop }
}
