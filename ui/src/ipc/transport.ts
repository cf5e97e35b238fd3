import { mockIPC } from '@tauri-apps/api/mocks'

declare global {
  interface Window {
    /** Set by the local bridge, which runs the same commands behind a socket for browser flows. */
    __JIUGAI_BRIDGE__?: unknown
  }
}

interface Reply {
  ok?: unknown
  error?: unknown
}

/** Outside of the desktop shell the commands are reached through the local bridge. */
export function connectBridge(): void {
  if (window.__JIUGAI_BRIDGE__ === undefined) return
  mockIPC(async (cmd, args) => {
    const response = await fetch('/ipc', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cmd, args: args ?? {} }),
    })
    const reply = (await response.json()) as Reply
    if (reply.error !== undefined && reply.error !== null) throw reply.error
    return reply.ok
  })
}
