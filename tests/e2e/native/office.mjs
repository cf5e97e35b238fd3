/** What the tests of the real window share: a home of their own, pictures, the desktop's other programs. */
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import { until } from './driver.mjs'

export const run = promisify(execFile)
const HERE = import.meta.dirname
const ROOT = path.resolve(HERE, '../../..')
export const OUT = path.resolve(HERE, '../out/native')
const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target')
export const app = process.env.JIUGAI_APP ?? path.join(target, 'debug', 'jiugai-desktop')
export const SURVEY = path.join(ROOT, 'src-tauri/crates/api/data/sample/摸底台账_五交化家属院_示例.xlsx')

/** The driver's own pictures hang on a virtual screen; the X server's do not. */
export async function picture(name) {
  await run('import', ['-window', 'root', path.join(OUT, `${name}.png`)])
}

/** A person's home that goes when the test is over, and the environment that leads there. */
export async function atHome(work) {
  await mkdir(OUT, { recursive: true })
  const home = await mkdtemp(path.join(tmpdir(), 'jiugai-native-'))
  const env = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_RUNTIME_DIR: home,
    LANG: 'C.UTF-8',
    GTK_USE_PORTAL: '0',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    NO_AT_BRIDGE: '1',
  }
  try {
    return await work({ home, env })
  } finally {
    // The desktop may have hung its own folder of lent documents into the home.
    await run('fusermount3', ['-u', '-z', path.join(home, 'doc')]).catch(() => undefined)
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Runs the steps one after the other, and tells how many passed. */
export async function walk(steps, context) {
  let passed = 0
  let failed = 0
  for (const [name, step] of steps) {
    try {
      await step(context)
      passed += 1
      console.log(`  ✓ ${name}`)
    } catch (cause) {
      failed += 1
      console.log(`  ✗ ${name}\n    ${cause.message}`)
      await picture(`failed-${name.replaceAll(/\W+/g, '-')}`).catch(() => undefined)
    }
  }
  return { passed, failed }
}

/** Drags files from another program's window, and lets them go over ours. */
export async function dropFiles(env, ...files) {
  const source = spawn('python3', [path.join(HERE, 'drag.py'), '40', '620', ...files], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => { source.once('exit', resolve) })
  try {
    await new Promise((resolve, reject) => {
      source.stdout.once('data', resolve)
      source.once('exit', () => { reject(new Error('the other program ended')) })
    })
    // A hand moves in steps: each one is an event of the drag.
    const way = [[80, 650], [95, 640], [120, 600], [300, 450], [600, 400], [680, 380], [690, 384], [683, 384]]
    await run('xdotool', ['mousemove', '--sync', '80', '650', 'mousedown', '1'])
    for (const [x, y] of way) await run('xdotool', ['mousemove', '--sync', String(x), String(y), 'sleep', '0.15'])
    await run('xdotool', ['mouseup', '1'])
    await run('xdotool', ['sleep', '0.3'])
  } finally {
    source.kill('SIGTERM')
    await ended
  }
}

/** A second start of the program: the code that it ends with. */
export async function startAgain(env, ...args) {
  const child = spawn(app, args, { env, stdio: 'ignore' })
  try {
    await until('the second program to end', () => child.exitCode !== null, 20_000)
    return child.exitCode
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL')
  }
}
