/** What comes from outside of the page: files dropped or handed over by a second start, and the closing of the window. */
import { listen } from '@tauri-apps/api/event'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import { getCurrentWindow } from '@tauri-apps/api/window'

/** Only the desktop shell tells of files; in a browser nothing comes. */
function inShell(): boolean {
  return '__TAURI_INTERNALS__' in window && window.__JIUGAI_BRIDGE__ === undefined
}

/** Keeps a subscription that arrives later, and ends it whenever that is asked for. */
function subscription(arriving: Promise<() => void>): () => void {
  let stop = () => {}
  let stopped = false
  arriving
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

/** Lists that take dropped files themselves while they are to be seen; the latest is asked first. */
const takers: ((paths: string[]) => boolean)[] = []

/** Takes dropped files before the window does, until the returned function is called. */
export function takeDrops(take: (paths: string[]) => boolean): () => void {
  takers.unshift(take)
  return () => {
    takers.splice(takers.indexOf(take), 1)
  }
}

/** Whether a list that is to be seen has taken the files. */
export function isTaken(paths: string[]): boolean {
  return takers.some((take) => take(paths))
}

/** Calls back with the paths of dropped files that no list takes, until the returned function is called. */
export function onFileDrop(dropped: (paths: string[]) => void): () => void {
  if (!inShell()) return () => {}
  return subscription(
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === 'drop' && payload.paths.length > 0 && !isTaken(payload.paths)) dropped(payload.paths)
    }),
  )
}

/** Calls back when a second start has handed a file over, until the returned function is called. */
export function onIncoming(arrived: () => void): () => void {
  if (!inShell()) return () => {}
  return subscription(listen('incoming', arrived))
}

/** Calls back when the window is about to close while the page holds it, until the returned function is called. */
export function onClosing(asked: () => void): () => void {
  if (!inShell()) return () => {}
  return subscription(listen('closing', asked))
}

/** Closes the window. */
export async function closeWindow(): Promise<void> {
  if (inShell()) await getCurrentWindow().close()
}
