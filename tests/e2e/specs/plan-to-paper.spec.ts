import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('from the plan through the comparison and the chart to the printed page', async ({ office, page, bridge }) => {
  await office.enter()

  await office.go('改造方案')
  const plan = office.main.getByRole('table')
  for (const verb of ['拆', '建', '添', '改', '修']) {
    await expect(plan.getByRole('rowheader', { name: verb, exact: true })).toBeVisible()
  }
  await expect(plan).toContainText('大排房')
  await picture(page, 'paper-1-plan')

  await office.go('前后对比')
  const row = office.main.getByRole('row', { name: /大排房/ })
  await expect(row.getByRole('button').nth(0)).toHaveText('22')
  await expect(row.getByRole('button').nth(1)).toHaveText('0')
  await expect(office.main.getByRole('row', { name: /小配房/ }).getByRole('button').nth(0)).toHaveText('55')
  await expect(office.main.getByRole('row', { name: /违章建筑/ }).getByRole('button').nth(0)).toHaveText('30')
  await expect(office.main.getByRole('row', { name: /户数/ }).or(office.main.getByText('显示全部指标')).first()).toBeVisible()
  await picture(page, 'paper-2-comparison')

  // Every figure leads to the rows that make it.
  await row.getByRole('button').nth(0).click()
  const drawer = page.getByRole('dialog', { name: /大排房（改造前）/ })
  await expect(drawer.locator('tfoot')).toContainText('22')
  const parts = await drawer.locator('tbody tr td.num').allInnerTexts()
  expect(parts.reduce((sum, part) => sum + Number(part), 0)).toBe(22)
  await picture(page, 'paper-3-rows')
  await drawer.locator('tbody button').first().click()
  await expect(office.panel.getByRole('heading').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(office.panel).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  await office.main.getByRole('tab', { name: '图表' }).click()
  const charts = office.main.getByRole('radiogroup', { name: '图表' })
  for (const name of ['指标前后对比', '拆除构成', '管线构成', '停车与充电']) {
    await charts.getByText(name).click()
    const drawing = office.main.getByRole('img', { name })
    await expect(drawing).toBeVisible()
    await expect.poll(() => drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
    await picture(page, `paper-4-${name}`)
  }
  const png = bridge.file('对比图.png')
  await bridge.answerDialog(png)
  await office.main.getByRole('button', { name: '保存图片' }).click()
  await expect.poll(() => bridge.head(png)).toBe('\u0089P')
  const svg = bridge.file('对比图.svg')
  await bridge.answerDialog(svg)
  await office.main.getByRole('button', { name: '保存矢量图' }).click()
  await expect.poll(() => bridge.head(svg)).toBe('<s')

  await office.go('打印')
  const sheet = office.main.getByRole('img', { name: /第 1 页/ })
  await expect(sheet).toBeVisible()
  await expect.poll(() => sheet.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBeGreaterThan(100)
  await expect(office.main).toContainText(/1 页/)
  await picture(page, 'paper-5-print')
  await office.main.getByRole('button', { name: '适合宽度' }).click()
  await picture(page, 'paper-6-print-wide')
  const pdf = bridge.file('一页纸方案.pdf')
  await bridge.answerDialog(pdf)
  await office.main.getByRole('button', { name: '保存 PDF' }).click()
  await expect(office.notice(/一页纸方案/)).toBeVisible()
  await expect.poll(() => bridge.head(pdf, 5)).toBe('%PDF-')

  await office.main.getByRole('button', { name: '打印', exact: true }).click()
  await expect.poll(() => bridge.printed()).toHaveLength(1)
  expect(await bridge.head((await bridge.printed())[0] ?? '', 5)).toBe('%PDF-')
})

test('what a plan does moves the figures, and undo moves them back', async ({ office, page, bridge }) => {
  await office.enter()
  await office.go('前后对比')
  const row = office.main.getByRole('row', { name: /机动车位/ })
  const proposed = row.getByRole('button').nth(1)
  const before = await proposed.innerText()
  expect(Number(before.replaceAll(',', ''))).toBeGreaterThan(0)

  await office.go('改造方案')
  const item = office.main.getByRole('row').filter({ hasText: '车位' }).first()
  await item.getByRole('button', { name: '加效果…' }).click()
  const choice = page.getByRole('dialog', { name: /的效果$/ })
  await picture(page, 'effect-1-choice')
  await choice.getByRole('button', { name: /停车/ }).first().click()
  await office.panel.getByRole('textbox', { name: '新增名称' }).fill('示例西院车位')
  await office.panel.getByRole('textbox', { name: '车位', exact: true }).fill('7')
  await picture(page, 'effect-2-form')
  await office.save()

  await office.go('前后对比')
  await expect(proposed).toHaveText(String(Number(before.replaceAll(',', '')) + 7))
  await office.undo.click()
  await expect(proposed).toHaveText(before)
  expect((await bridge.call<{ redo: string | null }>('ledger_status')).redo).not.toBeNull()
})
