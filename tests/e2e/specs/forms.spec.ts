import path from 'node:path'

import { part } from '../stage/archive.ts'
import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

const FORMS = path.resolve(import.meta.dirname, '../../../src-tauri/crates/api/data/forms')
const SHEET = 'xl/worksheets/sheet1.xml'

test('a superior\'s form is pointed at once, filled, reported, and filled again next month', async ({ office, page, bridge }) => {
  await office.enter()
  await office.go('一表通填表')
  await expect(office.main.getByRole('table', { name: '示例表' }).getByRole('row')).toHaveCount(3)
  await picture(page, 'forms-1-list')

  // A form that came from above: its labels suggest what goes where.
  await bridge.answerDialog(path.join(FORMS, 'overview.xlsx'))
  await office.main.getByRole('button', { name: /新建/ }).click()
  const sheet = office.main.getByRole('grid', { name: '工作表 基本情况' })
  await expect(sheet).toContainText('老旧小区基本情况表')
  await picture(page, 'forms-2-suggestions')
  const suggested = office.main.getByRole('region', { name: '建议' })
  await expect(suggested).toContainText('户数')
  await suggested.getByRole('button', { name: '全部采用' }).click()
  const cell = (name: string) => sheet.locator(`[data-cell="${name}"]`)
  await expect(cell('B3')).toHaveText('五交化家属院')
  await expect(cell('F6')).toHaveText('307 户')

  // One cell by hand: clicked, searched for, in another unit.
  await cell('F7').click()
  const panel = office.main.getByRole('region', { name: '这一格填什么' })
  await panel.getByRole('textbox', { name: '搜填什么' }).fill('建筑面积')
  await panel.getByRole('button', { name: /^总建筑面积/ }).click()
  await panel.locator('.el-select').click()
  await page.getByRole('option', { name: '万㎡' }).click()
  await expect(cell('F7')).toHaveText(/万㎡$/)
  await picture(page, 'forms-3-bound')
  await cell('F11').click()
  await expect(panel).toContainText('公式，不能填')
  await panel.getByRole('button', { name: '关闭' }).click()

  // Filled: the numbers are in the file, the formula stands as it stood.
  await office.main.getByRole('button', { name: '填表…' }).click()
  const dialog = page.getByRole('dialog', { name: /^填“/ })
  await expect(dialog.getByRole('status')).toContainText('还没有上报过')
  const first = bridge.file('八月 上报.xlsx')
  await bridge.answerDialog(first)
  await dialog.getByRole('button', { name: '保存填好的表…' }).click()
  await expect.poll(() => bridge.head(first)).toBe('PK')
  const empty = await part(path.join(FORMS, 'overview.xlsx'), SHEET)
  const filled = await part(first, SHEET)
  expect(filled).toContain('五交化家属院')
  expect(filled).toMatch(/<c r="F6"[^>]*><v>307<\/v><\/c>/)
  const formula = /<c r="F11".*?<\/c>/
  expect(filled.match(formula)?.[0]).toBe(empty.match(formula)?.[0])
  expect(filled.slice(filled.indexOf('</sheetData>'))).toBe(empty.slice(empty.indexOf('</sheetData>')))
  await dialog.getByRole('button', { name: '记为已上报' }).click()
  await expect(dialog.getByRole('button', { name: '已记为上报' })).toBeDisabled()
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  // Next month: something changed in the ledger.
  const [compound] = await bridge.call<{ id: string }[]>('overview_get')
  await bridge.call('record_edit', {
    edits: {
      kind: 'compound', compound: null, gesture: 'edit',
      edits: [{ id: compound?.id, cells: [{ field: 'address', text: '七一东路 8 号（示例）' }] }],
    },
  })
  await page.reload()
  await office.main.getByRole('button', { name: '填表…' }).click()
  await expect(dialog.getByRole('status')).toContainText('上报的比较')
  const row = dialog.getByRole('row', { name: /详细地址/ })
  await expect(row).toContainText('七一东路 8 号（示例）')
  await expect(row).toContainText('改了')
  await picture(page, 'forms-4-changes')
  const second = bridge.file('九月 上报.xlsx')
  await bridge.answerDialog(second)
  await dialog.getByRole('button', { name: '保存填好的表…' }).click()
  await expect.poll(() => bridge.head(second)).toBe('PK')
  expect(await part(second, SHEET)).toContain('七一东路 8 号（示例）')
  await dialog.getByRole('button', { name: '关闭' }).last().click()
})

test('an example is taken over and undone; a list goes down row by row; a wrong file is told', async ({ office, page, bridge }) => {
  await office.enter()
  await office.go('一表通填表')
  const list = office.main.getByRole('row', { name: /小区明细汇总表/ })
  await list.getByRole('button', { name: '用这张表' }).click()
  const sheet = office.main.getByRole('grid', { name: '工作表 明细' })
  await expect(sheet.locator('[data-cell="B5"]')).toHaveText('五交化家属院')
  await office.main.getByRole('button', { name: '填表…' }).click()
  const dialog = page.getByRole('dialog', { name: /^填“/ })
  await expect(dialog.getByRole('radio', { name: '全部小区，一行一个' })).toBeChecked()
  await picture(page, 'forms-5-rows')
  const file = bridge.file('汇总.xlsx')
  await bridge.answerDialog(file)
  await dialog.getByRole('button', { name: '保存填好的表…' }).click()
  await expect.poll(() => bridge.head(file)).toBe('PK')
  expect(await part(file, SHEET)).toMatch(/<c r="E5"[^>]*><v>307<\/v><\/c>/)
  expect(await part(file, 'xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  await office.go('一表通填表')
  const own = office.main.getByRole('table', { name: '我的表' })
  await expect(own.getByRole('row')).toHaveCount(2)
  await office.undo.click()
  await expect(office.main).toContainText('还没有表')

  const wrong = path.resolve(FORMS, 'overview.json')
  await bridge.answerDialog(wrong)
  await office.main.getByRole('button', { name: /新建/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: '这不是 Excel 表' })).toBeVisible()
})
