import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('from problems and wishes to a final version', async ({ office, page }) => {
  await office.enter()
  await office.go('改造方案')
  const main = office.main
  const tab = (name: RegExp) => main.getByRole('navigation', { name: '方案' }).getByRole('button', { name })
  await expect(main).toContainText('第2版')
  await expect(main).toContainText('拆除腾出 1,097.00 ㎡，已安排 950.00 ㎡，还剩 147.00 ㎡')

  // An item of the catalogue in a few keys: initials, quantity; the price is that of the library.
  await main.getByRole('button', { name: '添加内容' }).click()
  const catalogue = page.getByRole('dialog', { name: '添加改造内容' })
  await expect(catalogue.getByRole('option').first()).toContainText('条诉求要')
  await picture(page, 'plan-1-catalogue')
  await catalogue.getByRole('textbox', { name: '查找改造内容' }).fill('wmfs')
  await page.keyboard.press('Enter')
  await expect(catalogue.getByRole('textbox', { name: '单价' })).toHaveValue('90.00')
  await catalogue.getByRole('textbox', { name: '数量' }).fill('３００')
  await picture(page, 'plan-2-item')
  await page.keyboard.press('Enter')
  await expect(catalogue).toContainText('已添加：屋面防水')
  await catalogue.getByRole('button', { name: '完成' }).click()
  await expect(main.getByRole('table')).toContainText('27,000.00')

  // Freed ground: too much is refused with what is left, then it becomes spaces and green.
  await main.getByRole('button', { name: '腾出的地做什么…' }).click()
  const ground = page.getByRole('dialog', { name: '腾出的地做什么' })
  await ground.getByRole('textbox', { name: '名称' }).fill('西院车位')
  await ground.getByRole('textbox', { name: '占地' }).fill('150')
  await ground.getByRole('textbox', { name: '数量' }).fill('12')
  await ground.getByRole('button', { name: '写入方案' }).click()
  await expect(office.notice('只剩 147.00 ㎡')).toBeVisible()
  await ground.getByRole('textbox', { name: '占地' }).fill('87')
  await picture(page, 'plan-3-ground')
  await ground.getByRole('button', { name: '写入方案' }).click()
  await expect(ground).toBeHidden()
  await expect(main).toContainText('还剩 60.00 ㎡')

  // The problem that nobody answers gets its item.
  await tab(/意见和诉求/).click()
  const problem = main.getByRole('row', { name: /楼道灯不亮/ })
  await problem.getByRole('combobox', { name: '哪一项来办' }).click()
  await page.getByRole('option', { name: '添 路灯' }).click()
  await problem.getByRole('button', { name: '对上' }).click()
  await expect(main).toContainText('每个问题都有改造内容，或者写明了不列入的理由。')

  // So do the wishes that nobody answers yet: a whole subject at once.
  const roofs = main.getByRole('row', { name: /屋面防水/ })
  await roofs.getByRole('combobox', { name: '哪一项来办' }).click()
  await page.getByRole('option', { name: '修 屋面防水' }).click()
  await roofs.getByRole('button', { name: '对上' }).click()
  await expect(roofs).toBeHidden()
  await picture(page, 'plan-4-voice')

  await tab(/版本和比较/).click()
  await expect(main).toContainText(/新增 \d+ 项，去掉 0 项，改动 \d+ 项/)
  await picture(page, 'plan-5-difference')
  await main.getByRole('button', { name: '征求意见（发布）…' }).click()
  const notice = page.getByRole('dialog', { name: '征求意见' })
  await notice.getByRole('textbox', { name: '公示开始' }).fill('2021-4-8')
  await notice.getByRole('textbox', { name: '公示结束' }).fill('2021-4-15')
  await notice.getByRole('button', { name: '发布并冻结' }).click()
  await expect(main).toContainText('内容已经冻结')

  // One opinion on the version before is still without an answer.
  await main.getByRole('button', { name: '定稿…' }).click()
  const final = page.getByRole('dialog', { name: '定稿' })
  await final.getByRole('button', { name: '定稿并冻结' }).click()
  await expect(office.notice('还有 1 条意见没有答复')).toBeVisible()
  await final.getByRole('button', { name: '取消' }).click()
  await main.locator('.el-select').filter({ has: page.getByRole('combobox', { name: '方案版本' }) }).click()
  await page.getByRole('option', { name: /第1版·方案B/ }).click()
  await tab(/意见和诉求/).click()
  await main.getByRole('row', { name: /快递柜/ }).getByRole('button', { name: '答复…' }).click()
  await office.panel.getByRole('combobox', { name: '处理' }).click()
  await page.getByRole('option', { name: '不采纳', exact: true }).click()
  await office.panel.getByRole('textbox', { name: '答复理由' }).fill('快递柜由物业另行引进')
  await office.save()
  await expect(main).toContainText('收到意见 6 条：采纳 2 条，部分采纳 2 条，不采纳 2 条')

  await main.locator('.el-select').filter({ has: page.getByRole('combobox', { name: '方案版本' }) }).click()
  await page.getByRole('option', { name: /第2版/ }).click()
  await tab(/版本和比较/).click()
  await main.getByRole('button', { name: '定稿…' }).click()
  await final.getByRole('button', { name: '定稿并冻结' }).click()
  await expect(main).toContainText('第2版　定稿')
  await picture(page, 'plan-6-final')
  await main.getByRole('button', { name: '由此版做新版' }).click()
  await expect(main).toContainText('两版的内容完全一样')
  await expect(main).toContainText('变更')
})

for (const size of [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }]) {
  test(`the parts of a plan stand at ${String(size.width)} × ${String(size.height)}`, async ({ office, page }) => {
    await page.setViewportSize(size)
    await office.enter()
    await office.go('改造方案')
    const tabs = office.main.getByRole('navigation', { name: '方案' })
    for (const name of ['内容', '资金', '意见和诉求', '版本和比较']) {
      await tabs.getByRole('button', { name: new RegExp(name) }).click()
      await page.waitForLoadState('networkidle')
      await picture(page, `plan-${String(size.width)}-${name}`)
      await expectNoOverflow(page)
      await expectNothingCut(page)
      if (size.width === 1366) await expectAccessible(page)
    }
    await expect(office.main).toContainText('估算减少 0.10 万元')
  })
}
