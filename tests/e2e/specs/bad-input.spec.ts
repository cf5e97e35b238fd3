import { writeFile } from 'node:fs/promises'

import { expect, test } from '../stage/test.ts'

const CHINESE = /[\u4e00-\u9fff]{3,}/

test('a text file that calls itself a workbook is told by name, and the ledger is unchanged', async ({ office, page, bridge }) => {
  await office.start()
  const before = await bridge.call<{ revision: number }>('ledger_status')
  const file = bridge.file('摸底台账.xlsx')
  await writeFile(file, '这不是表格，只是改了名字的文字。\n')
  await office.go('导入台账')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: /选择文件/ }).click()
  const notice = page.locator('.notice')
  await expect(notice).toHaveText(CHINESE)
  const words = await notice.innerText()
  expect(words.replaceAll(/xlsx?|Excel|WPS/gi, '')).not.toMatch(/[A-Za-z]{3,}/)
  await expect(notice.locator('.notice-next')).toHaveText(CHINESE)
  await expect(office.main.getByRole('button', { name: /^导入/ })).toHaveCount(0)
  expect((await bridge.call<{ revision: number }>('ledger_status')).revision).toBe(before.revision)
})

test('an empty file and a file that is gone are told', async ({ office, page, bridge }) => {
  await office.start()
  const file = bridge.file('空.xlsx')
  await writeFile(file, '')
  await office.go('导入台账')
  for (const path of [file, bridge.file('没有这个文件.xlsx')]) {
    await office.main.getByLabel('文件路径').fill(path)
    await office.main.getByRole('button', { name: '预览' }).click()
    const notice = page.locator('.notice').last()
    await expect(notice).toHaveText(CHINESE)
    await expect(notice.locator('.notice-next')).toHaveText(CHINESE)
    await notice.locator('.el-notification__closeBtn').click()
    await expect(page.locator('.notice')).toHaveCount(0)
  }
})

test('a file of another program is no ledger, and the open one stays open', async ({ office, page, bridge }) => {
  await office.start()
  const file = bridge.file('别的.jgdb')
  await writeFile(file, 'not a ledger at all, but long enough to hold a header of one hundred bytes and then some more\n'.repeat(8))
  await office.go('设置')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '打开另一本账' }).click()
  const notice = page.locator('.notice')
  await expect(notice).toHaveText(CHINESE)
  await expect(notice.locator('.notice-next')).toHaveText(CHINESE)
  await office.go('街道总览')
  await expect(office.main).toContainText('五交化家属院')
})

test('a new ledger never writes over a file that is there', async ({ office, page, bridge }) => {
  await office.start()
  const file = bridge.file('有内容.jgdb')
  await writeFile(file, '重要的东西')
  await office.go('设置')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '新建一本账' }).click()
  await expect(page.locator('.notice')).toHaveText(CHINESE)
  expect(await bridge.text(file)).toBe('重要的东西')
})

test('a form keeps what was typed when a field is wrong', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  await grid.home()
  await page.keyboard.press('Control+Enter')
  const year = office.panel.getByRole('textbox', { name: '建成年份' })
  await year.fill('八几年')
  await office.panel.getByRole('button', { name: '保存' }).click()
  await expect(office.panel.getByRole('alert').first()).toHaveText(/年/)
  await expect(year).toHaveValue('八几年')
  await year.fill('1986年')
  await office.panel.getByRole('button', { name: '保存' }).click()
  await expect(year).toHaveValue('1986')
})
