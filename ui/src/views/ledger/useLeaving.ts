import { onMounted, onUnmounted } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'

import { api } from '@/ipc'
import { closeWindow, onClosing } from '@/ipc/drop'

/** Asks before a screen is left, by another screen or by closing the window. */
export function useLeaving(mayLeave: () => Promise<boolean>): void {
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate(mayLeave)
  let stop = () => {}
  const hold = (on: boolean) =>
    api.windowHold(on).catch(() => {
      // Without the hold the window closes at once, as it does from any other screen.
    })
  onMounted(() => {
    void hold(true)
    stop = onClosing(() => {
      void mayLeave().then((may) => (may ? closeWindow() : hold(true)))
    })
  })
  onUnmounted(() => {
    stop()
    void hold(false)
  })
}
