import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('scenarios side by side, the best combination for the money, and one undo', async ({ office, page }) => {
  await office.enter()
  await office.go('方案比选')
  const table = office.main.getByRole('table', { name: '方案比选' })
  const columns = 4
  await expect(table.getByRole('columnheader')).toHaveCount(columns)
  for (const heading of ['花多少、多久', '居民怎么说', '要做哪些决定', '改成什么样']) {
    await expect(table.getByRole('rowheader', { name: heading })).toBeVisible()
  }
  await expect(table.getByRole('row', { name: /每户/ })).toContainText('参考')
  for (const [size, width, height] of [['1366', 1366, 768], ['1920', 1920, 1080]] as const) {
    await page.setViewportSize({ width, height })
    await picture(page, `scenario-1-${size}`)
    await expectNoOverflow(page)
    await expectNothingCut(page)
  }
  await expectAccessible(page)
  await table.getByRole('row', { name: /机动车位/ }).first().scrollIntoViewIfNeeded()
  await picture(page, 'scenario-2-below')

  await office.main.getByRole('button', { name: '造价参考区间' }).click()
  await office.main.getByRole('row', { name: /户均造价参考下限/ }).getByRole('button', { name: '修改' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '界限' }).fill('一')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(office.notice('认不出是多少万元')).toBeVisible()
  await dialog.getByRole('textbox', { name: '界限' }).fill('0.2')
  await picture(page, 'scenario-3-band')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
  await office.go('方案比选')
  await expect(table.getByRole('row', { name: /每户/ })).toContainText('0.20')

  await office.main.getByRole('tab', { name: '最优组合' }).click()
  const budget = office.main.getByRole('textbox', { name: '预算' })
  await budget.fill('不少')
  await office.main.getByRole('button', { name: '算最优组合' }).click()
  await expect(office.main.getByRole('alert')).toContainText('认不出是多少钱')
  await budget.fill('130万')
  await office.main.getByRole('button', { name: '算最优组合' }).click()
  const best = office.main.getByRole('table', { name: '最优组合' })
  await expect(best).toContainText('必做')
  await expect(office.main.getByRole('status')).toContainText(/选 \d+ 项，花/)
  await expect(office.main.getByText(/^再加 10 万元/)).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await picture(page, 'scenario-4-best')
  await office.main.getByRole('button', { name: '存成新方案' }).scrollIntoViewIfNeeded()
  await picture(page, 'scenario-5-adopt')
  await office.main.getByRole('button', { name: '存成新方案' }).click()
  await expect(table.getByRole('columnheader')).toHaveCount(columns + 1)
  await picture(page, 'scenario-6-adopted')
  await office.undo.click()
  await expect(table.getByRole('columnheader')).toHaveCount(columns)
})
