/**
 * The real window under a virtual screen: start, the sample, one edit, one printed page, files from outside.
 *
 * Needs DISPLAY, WebKitWebDriver, ImageMagick's `import` and xdotool; JIUGAI_APP names the program. Pictures and logs
 * go to `out/native/`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { Key, until, Window } from './driver.mjs'
import { app, atHome, dropFiles, OUT, picture, run, startAgain, SURVEY, walk } from './office.mjs'

/** The number of the visible window of the program whose title is like this. */
async function windowLike(title) {
  return until(`the window ${String(title)}`, async () => {
    const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--class', 'jiugai-desktop'])
    const titles = await Promise.all(
      stdout.trim().split('\n').map(async (id) => ({ id, title: (await run('xdotool', ['getwindowname', id])).stdout })),
    )
    return titles.find((one) => title.test(one.title))?.id
  })
}

/** Answers the save dialog of the desktop by hand: the name in its field, then Enter. */
async function saveAs(file) {
  const dialog = await windowLike(/保存|存为|另存|Save/)
  await run('xdotool', ['windowfocus', '--sync', dialog])
  await picture('4-save-dialog')
  await run('xdotool', ['key', 'ctrl+a'])
  await run('xdotool', ['type', '--delay', '15', file])
  await run('xdotool', ['key', 'Return'])
}

const cell = (row, col) => `//*[@data-t="rgRow"][@data-r="${row}"][@data-c="${col}"]`
const link = (name) => `//nav[@aria-label="主菜单"]//a[normalize-space()="${name}"]`

/** What has the focus, as it is read out. */
const focused = (window) => window.run('return document.activeElement?.getAttribute("aria-label") ?? ""')

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
    await until('the focus on the first cell', async () => (await focused(window)).startsWith('楼号：'))
    await until('the column 楼栋长', async () => {
      if ((await focused(window)).startsWith('楼栋长：')) return true
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
  ['a row that is not complete is asked about before the window closes', async ({ window, env }) => {
    const storeys = async () => {
      await window.click(cell(8, 0))
      await until('the column 层数', async () => {
        if ((await focused(window)).startsWith('层数：')) return true
        await window.press(Key.right)
        return false
      })
    }
    const close = async () => run('python3', [path.join(import.meta.dirname, 'close.py'), await windowLike(/旧改一本账/)], { env })
    await storeys()
    await window.press('5')
    await window.press(Key.tab)
    await close()
    await window.see('还有 1 格没有写入台账')
    await picture('2-closing')
    await window.click('//*[@role="dialog"]//button[normalize-space()="取消"]')
    await until('the question to be gone', () =>
      window.run('return [...document.querySelectorAll("[role=dialog]")].every((one) => one.offsetParent === null)'))
    await storeys()
    await window.press(Key.delete)
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
  ['a second start brings its file to this window and ends', async ({ window, env, home }) => {
    const ledger = path.join(home, '文明 & 社区.jgdb')
    await run(path.join(path.dirname(app), 'jiugai'), ['new', ledger], { env })
    const code = await startAgain(env, ledger)
    if (code !== 0) throw new Error(`the second program ended with ${code}`)
    await window.see('文明 & 社区')
    await picture('6-second-start')
  }],
  ['a second start with something else says so, and the ledger stays open', async ({ window, env, home }) => {
    const photo = path.join(home, '照片.jpg')
    await writeFile(photo, 'x')
    await startAgain(env, photo)
    await window.see('“照片.jpg”既不是台账，也不是可以导入的表格')
    await window.see('文明 & 社区')
  }],
  ['a workbook dropped onto the window is previewed for import', async ({ window, env }) => {
    await dropFiles(env, SURVEY)
    await window.see('逐行核对')
    await window.see('307 套')
    await picture('7-dropped-workbook')
  }],
  ['a ledger dropped onto the window is opened', async ({ window, env, home }) => {
    const ledger = path.join(home, '另一个 社区.jgdb')
    await run(path.join(path.dirname(app), 'jiugai'), ['new', ledger], { env })
    await dropFiles(env, ledger)
    await window.see('另一个 社区')
  }],
  ['two files dropped at once are refused in plain words', async ({ window, env, home }) => {
    await dropFiles(env, SURVEY, path.join(home, '照片.jpg'))
    await window.see('一次只能打开一个文件')
    await picture('8-dropped-two')
  }],
]

/** A start with a file that is no ledger. */
const STRANGE = [
  ['a file that is no ledger is refused on the start screen, with the ways to go on', async ({ window }) => {
    await window.see('不是台账.jgdb')
    await window.see('新建一本账')
    await window.see('看示例')
    await picture('9-no-ledger')
  }],
]

async function started(context, args, steps) {
  let window
  try {
    window = await Window.open(app, context.env, path.join(OUT, 'driver.log'), args)
    return await walk(steps, { ...context, window })
  } catch (cause) {
    console.log(`  ✗ the window opens\n    ${cause.message}`)
    return { passed: 0, failed: 1 }
  } finally {
    await window?.close()
  }
}

const results = [
  await atHome((context) => started(context, [], STEPS)),
  await atHome(async (context) => {
    const file = path.join(context.home, '不是台账.jgdb')
    await writeFile(file, '%PDF-1.7')
    return started(context, [file], STRANGE)
  }),
]
const sum = (what) => results.reduce((all, result) => all + result[what], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1

