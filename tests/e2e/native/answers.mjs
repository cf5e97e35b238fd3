/**
 * How soon the window answers while the session is taken: an import of 12,000 dwellings and its undo, six other
 * commands waiting. `JIUGAI_BRIDGE=target/debug/jiugai-bridge node native/answers.mjs` in `tests/e2e`.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const program = process.env.JIUGAI_BRIDGE
if (program === undefined) throw new Error('JIUGAI_BRIDGE names the program')
const data = await mkdtemp(path.join(tmpdir(), 'jiugai-answers-'))
const child = spawn(program, ['--port', '0', '--data', path.join(data, 'data')], { stdio: ['ignore', 'pipe', 'inherit'] })
const url = await new Promise((resolve) => {
  createInterface({ input: child.stdout }).on('line', (line) => resolve(line.trim().split(' ').pop()))
})

async function post(route, body) {
  return (await fetch(url + route, { method: 'POST', body: JSON.stringify(body) })).json()
}

async function call(cmd, args = {}) {
  const { ok, error } = await post('/ipc', { cmd, args })
  if (error) throw new Error(`${cmd}: ${error.message}`)
  return ok
}

const file = path.join(data, '大表.csv')
const homes = Array.from({ length: 12_000 }, (_, at) => {
  const [building, entrance, room] = [1 + Math.floor(at / 240), 1 + Math.floor((at % 240) / 60), at % 60]
  return `${building}号楼,${entrance}单元,${1 + Math.floor(room / 10)}${String(1 + (room % 10)).padStart(2, '0')},示例${at},61.20,2`
})
await writeFile(file, `示例院住户摸底表,,,,,\n楼号,单元,房号,业主姓名,建筑面积,常住人口\n${homes.join('\n')}\n`)
await post('/dialog', { path: path.join(data, '示例.jgdb') })
await call('ledger_create')
const { draft } = await call('import_read', { path: file })
await call('import_check', { draft, settings: { compound: '示例院', overwriteBlanks: false } })

async function watched(what, command, args) {
  const began = performance.now()
  let over = false
  const work = call(command, args).finally(() => (over = true))
  const query = { kind: 'dwelling', compound: null, search: '', filters: [], sort: [] }
  const others = Array.from({ length: 6 }, () => call('record_window', { query, offset: 0, limit: 5 }))
  const times = []
  const steps = new Set()
  while (!over) {
    const asked = performance.now()
    const told = await call('work_progress')
    times.push(performance.now() - asked)
    if (told) steps.add(told.step)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await Promise.all([work, ...others])
  times.sort((one, other) => one - other)
  const ms = (time) => `${time.toFixed(1)} ms`
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const [median, worst] = [times[Math.floor(times.length / 2)], times[times.length - 1]]
  console.log(`${what}: ${seconds} s; asked ${times.length} times, median ${ms(median)}, worst ${ms(worst)}; ${[...steps].filter(Boolean).join('、')}`)
}

await watched('导入', 'import_run', { draft, choices: { states: ['new', 'changed'], except: [], skipColumns: [] } })
await watched('撤销', 'history_undo', {})
child.kill()
await rm(data, { recursive: true, force: true })
