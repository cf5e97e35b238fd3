import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('the card of indicators has all its groups, its days, and the steps behind each figure', async ({ office, page, bridge }) => {
  await office.enter()
  await office.go('前后对比')
  const table = office.main.getByRole('table').first()
  for (const group of ['拆', '路', '管', '停', '绿', '楼', '设', '人', '治', '效']) {
    await expect(table.getByRole('rowheader', { name: group, exact: true })).toBeVisible()
  }
  await expect(table.getByRole('columnheader', { name: /改造前/ })).toContainText(/\d{4}年\d+月\d+日/)
  const cost = table.getByRole('row', { name: /户均造价/ })
  await expect(cost).toContainText('元/户')
  await cost.getByRole('button').nth(1).click()
  const drawer = page.getByRole('dialog', { name: /户均造价（方案）/ })
  await expect(drawer).toContainText('改造内容造价合计 ÷ 户数')
  await picture(page, 'before-1-cost')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()

  await office.main.getByRole('tab', { name: '图表' }).click()
  const charts = office.main.getByRole('radiogroup', { name: '图表' })
  for (const name of ['车位变化', '车位怎么来', '绿地怎么来', '雨污分流', '资金来源']) {
    await charts.getByText(name, { exact: true }).click()
    const drawing = office.main.getByRole('img', { name })
    await expect.poll(() => drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
    await picture(page, `before-2-${name}`)
  }
  const png = bridge.file('车位.png')
  await bridge.answerDialog(png)
  await office.main.getByRole('button', { name: '保存图片' }).click()
  await expect.poll(() => bridge.head(png)).toBe('\u0089P')

  await office.main.getByRole('tab', { name: '照片' }).click()
  await expect(office.main.getByText('还没有写明机位的照片').or(office.main.getByRole('table', { name: '按机位对比' }))).toBeVisible()
  await picture(page, 'before-3-photos')
})

test('a ledger shows what the plan makes of its rows', async ({ office, page }) => {
  for (const [size, width, height] of [['1366', 1366, 768], ['1920', 1920, 1080]] as const) {
    await page.setViewportSize({ width, height })
    await office.enter()
    for (const ledger of ['附属房与违建', '停车区', '管线', '绿地']) {
      await office.go(ledger)
      await office.main.getByRole('radiogroup', { name: '台账还是对照' }).getByText('对照方案').click()
      const table = office.main.getByRole('table', { name: '前后对照' })
      await expect(table).toBeVisible()
      await picture(page, `stage-${size}-${ledger}`)
      await expectNoOverflow(page)
      await expectNothingCut(page)
      if (size === '1366') await expectAccessible(page)
    }
  }
  await office.go('附属房与违建')
  await office.main.getByRole('radiogroup', { name: '台账还是对照' }).getByText('对照方案').click()
  const table = office.main.getByRole('table', { name: '前后对照' })
  const all = await table.locator('tbody tr').count()
  const gone = await table.locator('tbody tr.gone').count()
  expect(gone).toBeGreaterThan(0)
  await expect(table.locator('tbody tr.gone s').first()).toBeVisible()
  await office.main.getByText('看改造前').click()
  await expect(table.locator('tbody tr')).toHaveCount(all - gone)
  await office.main.getByRole('radiogroup', { name: '台账还是对照' }).getByText('台账', { exact: true }).click()
  await expect(page.getByRole('group', { name: '附属房与违建台账' })).toBeVisible()
})
