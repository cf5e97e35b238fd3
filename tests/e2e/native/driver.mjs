/** WebDriver by hand: the few requests that the smoke test needs, to WebKit's own driver. */
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
/** Slow machines have needed 15 seconds for a window. */
const PATIENCE = 60_000

/** A turn of the event loop between two looks; the look decides, not the clock. */
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

/** Looks until something is there. */
export async function until(what, look, patience = PATIENCE) {
  const end = Date.now() + patience
  let last
  while (Date.now() < end) {
    try {
      const found = await look()
      if (found !== undefined && found !== null && found !== false) return found
    } catch (cause) {
      last = cause
    }
    await pause(100)
  }
  throw new Error(`waited in vain for ${what}${last === undefined ? '' : `: ${last.message}`}`)
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address()
  await new Promise((resolve) => { server.close(resolve) })
  return port
}

/** A process of ours: ended by its own id, its output in a file so that no pipe stays open. */
export function launch(program, args, env, logFile) {
  const log = openSync(logFile, 'w')
  const child = spawn(program, args, { env, stdio: ['ignore', log, log] })
  const ended = new Promise((resolve) => {
    child.once('exit', resolve)
    child.once('error', resolve)
  })
  return {
    child,
    async end() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const gone = await Promise.race([ended.then(() => true), pause(5_000).then(() => false)])
      if (!gone) {
        child.kill('SIGKILL')
        await ended
      }
    },
  }
}

export class Window {
  constructor(driver, base, session) {
    this.driver = driver
    this.base = base
    this.session = session
  }

  /** Starts the driver and, through it, the application. */
  static async open(app, env, logFile, args = []) {
    const port = await freePort()
    const driver = launch(
      '/usr/bin/WebKitWebDriver',
      [`--port=${port}`, '--host=127.0.0.1'],
      { ...env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' },
      logFile,
    )
    const base = `http://127.0.0.1:${port}`
    try {
      await until('the driver', async () => (await request(base, 'GET', '/status')).ready)
      const { sessionId } = await request(base, 'POST', '/session', {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: app, args } } },
      })
      return new Window(driver, base, `/session/${sessionId}`)
    } catch (cause) {
      await driver.end()
      throw cause
    }
  }

  /** Runs a function body in the page. */
  run(script, ...args) {
    return request(this.base, 'POST', `${this.session}/execute/sync`, { script, args })
  }

  /** Everything that can be read on the screen. */
  text() {
    return this.run('return document.body.innerText')
  }

  async see(text, patience) {
    await until(`“${text}” on the screen`, async () => (await this.text()).includes(text), patience)
  }

  async find(xpath, patience) {
    const found = await until(
      xpath,
      () => request(this.base, 'POST', `${this.session}/element`, { using: 'xpath', value: xpath }),
      patience,
    )
    return found[ELEMENT]
  }

  async click(xpath) {
    const element = await this.find(xpath)
    await until(`a click on ${xpath}`, async () => {
      await request(this.base, 'POST', `${this.session}/element/${element}/click`, {})
      return true
    })
  }

  /** Types into an element; special keys are characters of the private use area. */
  async type(xpath, text) {
    const element = await this.find(xpath)
    await request(this.base, 'POST', `${this.session}/element/${element}/value`, { text })
  }

  /** Presses keys on whatever has the focus: down in order, up in reverse. */
  async press(...keys) {
    await request(this.base, 'POST', `${this.session}/actions`, {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: [
            ...keys.map((value) => ({ type: 'keyDown', value })),
            ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
          ],
        },
      ],
    })
  }

  async close() {
    await request(this.base, 'DELETE', this.session).catch(() => undefined)
    await this.driver.end()
  }
}

async function request(base, method, path, body) {
  const reply = await fetch(base + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  })
  const { value } = await reply.json()
  if (!reply.ok) throw new Error(`${method} ${path}: ${value?.error ?? reply.status} ${value?.message ?? ''}`)
  return value
}

export const Key = {
  control: '\uE009',
  enter: '\uE007',
  home: '\uE011',
  right: '\uE014',
  down: '\uE015',
  escape: '\uE00C',
  tab: '\uE004',
  delete: '\uE017',
}
