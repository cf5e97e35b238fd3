/** The real commands behind a local socket: one process and one fresh data folder for each test. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** The program that `cargo xtask test` names, or the debug build of this checkout. */
function program(): string {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target')
  return process.env.JIUGAI_BRIDGE ?? path.join(target, 'debug', 'jiugai-bridge')
}

/** What a command refused: the texts are for people. */
export interface Refusal {
  code: string
  title: string
  message: string
  nextStep: string
}

export class Bridge {
  private constructor(
    private readonly child: ChildProcess,
    /** `http://127.0.0.1:PORT`. */
    readonly url: string,
    /** The application's data folder. */
    readonly data: string,
    /** A folder of the person, with hanzi and a space in its name. */
    readonly desk: string,
    private readonly trash: string,
    private readonly complaints: string[],
  ) {}

  static async start(): Promise<Bridge> {
    const trash = await mkdtemp(path.join(tmpdir(), 'jiugai-'))
    const data = path.join(trash, 'data')
    const desk = await mkdtemp(path.join(trash, '我的 台账-'))
    // A write beyond the size that `fullDisk` allows is an error, not the end of the process.
    const child = spawn('/bin/sh', ['-c', `trap '' XFSZ; exec "$0" "$@"`, program(), '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RUST_BACKTRACE: '1' },
    })
    const complaints: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
    const url = await new Promise<string>((resolve, reject) => {
      const failed = (why: string) => {
        reject(new Error(`${program()} ${why}\n${complaints.join('\n')}`))
      }
      child.once('error', (cause) => { failed(`cannot be started: ${cause.message}`) })
      child.once('exit', (code) => { failed(`ended with ${String(code)} before it listened`) })
      createInterface({ input: child.stdout }).on('line', (line) => {
        const address = /^listening (http:\S+)$/.exec(line.trim())?.[1]
        if (address !== undefined) resolve(address)
      })
    })
    child.removeAllListeners('exit')
    return new Bridge(child, url, data, desk, trash, complaints)
  }

  /** What the process wrote to its standard error. */
  get log(): string {
    return this.complaints.join('\n')
  }

  /** Sends a command past the UI. */
  async call<T>(cmd: string, args: object = {}): Promise<T> {
    const reply = await this.post('/ipc', { cmd, args })
    const { ok, error } = (await reply.json()) as { ok?: T; error?: Refusal | null }
    if (error !== undefined && error !== null) {
      throw new Error(`${cmd}: ${error.code} ${error.title} ${error.message}`)
    }
    return ok as T
  }

  /** The answer to the next file dialog; null closes it. */
  async answerDialog(file: string | null): Promise<void> {
    const reply = await this.post('/dialog', { path: file })
    if (!reply.ok) throw new Error(`the bridge refused an answer to a dialog: ${String(reply.status)}`)
  }

  /** From here on no file takes another byte, as on a full disk; false gives the room back. */
  fullDisk(on: boolean): void {
    execFileSync('prlimit', ['--pid', String(this.child.pid), `--fsize=${on ? '1' : 'unlimited'}:unlimited`])
  }

  /** Files that were handed to the system's printing. */
  async printed(): Promise<string[]> {
    return (await (await fetch(`${this.url}/printed`)).json()) as string[]
  }

  /** A path in the person's folder. */
  file(name: string): string {
    return path.join(this.desk, name)
  }

  /** The first bytes of a file, empty while it is not there. */
  async head(file: string, length = 2): Promise<string> {
    const handle = await open(file).catch(() => null)
    if (handle === null) return ''
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    await handle.close()
    return buffer.subarray(0, bytesRead).toString('latin1')
  }

  async text(file: string): Promise<string> {
    return readFile(file, 'utf8')
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve))
      this.child.kill('SIGTERM')
      await ended
    }
    await rm(this.trash, { recursive: true, force: true })
  }

  private post(route: string, body: object): Promise<Response> {
    return fetch(this.url + route, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}

/** The survey workbook in the form that offices use. */
export const SURVEY = path.join(
  ROOT,
  'src-tauri/crates/api/data/sample/摸底台账_五交化家属院_示例.xlsx',
)
