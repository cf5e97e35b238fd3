/** Files dropped onto the window. Only the desktop shell tells their paths. */
import { getCurrentWebview } from '@tauri-apps/api/webview'

/** Calls back with the path of a dropped file until the returned function is called. */
export function onFileDrop(dropped: (path: string) => void): () => void {
  if (!('__TAURI_INTERNALS__' in window) || window.__JIUGAI_BRIDGE__ !== undefined) return () => {}
  let stop = () => {}
  let stopped = false
  getCurrentWebview()
    .onDragDropEvent(({ payload }) => {
      const path = payload.type === 'drop' ? payload.paths[0] : undefined
      if (path !== undefined) dropped(path)
    })
    .then((unlisten) => {
      if (stopped) unlisten()
      else stop = unlisten
    })
    .catch(() => {
      // Without the permission files are chosen in the dialog.
    })
  return () => {
    stopped = true
    stop()
  }
}
