/**
 * The real window under a virtual screen: start, the sample, one edit, one printed page.
 *
 * Needs DISPLAY, WebKitWebDriver, ImageMagick's `import` and xdotool; JIUGAI_APP names the program. Pictures and logs
 * go to `out/native/`.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import { Key, until, Window } from './driver.mjs'

const run = promisify(execFile)
const HERE = import.meta.dirname
const ROOT = path.resolve(HERE, '../../..')
const OUT = path.resolve(HERE, '../out/native')
const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target')
const app = process.env.JIUGAI_APP ?? path.join(target, 'debug', 'jiugai-desktop')

/** The driver's own pictures hang on a virtual screen; the X server's do not. */
async function picture(name) {
  await run('import', ['-window', 'root', path.join(OUT, `${name}.png`)])
}

/** Answers the save dialog of the desktop by hand: the name in its field, then Enter. */
async function saveAs(file) {
  const dialog = await until('the save dialog', async () => {
    const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--class', 'jiugai-desktop'])
    const titles = await Promise.all(
      stdout.trim().split('\n').map(async (id) => ({ id, title: (await run('xdotool', ['getwindowname', id])).stdout })),
    )
    return titles.find(({ title }) => /保存|存为|另存|Save/.test(title))?.id
  })
  await run('xdotool', ['windowfocus', '--sync', dialog])
  await picture('4-save-dialog')
  await run('xdotool', ['key', 'ctrl+a'])
  await run('xdotool', ['type', '--delay', '15', file])
  await run('xdotool', ['key', 'Return'])
}

const cell = (row, col) => `//*[@data-t="rgRow"][@data-r="${row}"][@data-c="${col}"]`
const link = (name) => `//nav[@aria-label="主菜单"]//a[normalize-space()="${name}"]`

const STEPS = [
  ['the window opens on the sample ledger', async ({ window }) => {
    await window.see('五交化家属院')
    await window.see('307')
    await picture('1-overview')
  }],
  ['a word typed into a cell is stored', async ({ window }) => {
    await window.click('//main//a[normalize-space()="五交化家属院"]')
    await window.click(link('楼栋'))
    await window.click(cell(0, 0))
    const label = () => window.run('return document.activeElement?.getAttribute("aria-label") ?? ""')
    await until('the focus on the first cell', async () => (await label()).startsWith('楼号：'))
    await until('the column 楼栋长', async () => {
      if ((await label()).startsWith('楼栋长：')) return true
      await window.press(Key.right)
      return false
    })
    for (const letter of '示例甲') await window.press(letter)
    await window.press(Key.enter)
    await until('the text in the grid', () =>
      window.run('return [...document.querySelectorAll("[data-t=rgRow][data-r=\\"0\\"]")].some((cell) => cell.textContent === "示例甲")'))
    await until('the undo of the edit', () =>
      window.run('return document.querySelector("button[aria-label=撤销]")?.disabled === false'))
    await picture('2-edited')
  }],
  ['the one-page plan is shown as it will be printed', async ({ window }) => {
    await window.click(link('打印'))
    await until('the page', () => window.run('return document.querySelectorAll("main svg text, main svg use, main img").length > 0'))
    await window.see('保存 PDF')
    await picture('3-print')
  }],
  ['the page is saved as a PDF through the desktop\'s own dialog', async ({ window, home }) => {
    const file = path.join(home, 'plan.pdf')
    await window.click('//button[contains(normalize-space(), "保存 PDF")]')
    await saveAs(file)
    const head = await until('the file', async () => (await readFile(file)).subarray(0, 5).toString('latin1'))
    if (head !== '%PDF-') throw new Error(`the file begins with ${head}`)
    await window.see('已保存到')
    await picture('5-saved')
  }],
]

async function main() {
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
  let passed = 0
  let failed = 0
  let window
  try {
    window = await Window.open(app, env, path.join(OUT, 'driver.log'))
    for (const [name, step] of STEPS) {
      try {
        await step({ window, home })
        passed += 1
        console.log(`  ✓ ${name}`)
      } catch (cause) {
        failed += 1
        console.log(`  ✗ ${name}\n    ${cause.message}`)
        await picture(`failed-${failed}`).catch(() => undefined)
      }
    }
  } catch (cause) {
    failed += 1
    console.log(`  ✗ the window opens\n    ${cause.message}`)
  } finally {
    await window?.close()
    await rm(home, { recursive: true, force: true })
  }
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

await main()
