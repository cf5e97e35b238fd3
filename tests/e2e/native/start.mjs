/**
 * Time from the start of the process until the sample's figures can be read in the real window.
 *
 * `JIUGAI_APP=target/release/jiugai-desktop xvfb-run -a node native/start.mjs` in `tests/e2e`. The driver's own
 * hands are in the figure: it is an upper bound. The first run makes the sample, the others open it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { Window } from './driver.mjs'

const app = process.env.JIUGAI_APP
if (app === undefined) throw new Error('JIUGAI_APP names the program')

/** When a process was started, in milliseconds since 1970 (to 10 ms). */
async function startedAt(pid) {
  const ticks = Number((await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')[19])
  const uptime = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0])
  return Date.now() - uptime * 1000 + ticks * 10
}

const data = await mkdtemp(path.join(tmpdir(), 'jiugai-start-'))
try {
  for (let round = 0; round < 4; round += 1) {
    const env = { ...process.env, JIUGAI_DATA: data, WEBKIT_DISABLE_DMABUF_RENDERER: '1' }
    const window = await Window.open(app, env, path.join(data, 'driver.log'))
    const pid = execFileSync('pgrep', ['-n', '-x', path.basename(app).slice(0, 15)], { encoding: 'utf8' }).trim()
    while (!(await window.text()).includes('20,238.53')) { /* look again at once */ }
    console.log(`${Math.round(Date.now() - (await startedAt(pid)))} ms`)
    await window.close()
  }
} finally {
  await rm(data, { recursive: true, force: true })
}
