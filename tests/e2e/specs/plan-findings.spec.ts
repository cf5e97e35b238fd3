/** What does not add up in a plan is told where it is made, with the way out. */
import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('money over what is needed and an account over its limit are told', async ({ office, page }) => {
  await office.enter()
  await office.go('改造方案')
  const main = office.main
  await main.getByRole('navigation', { name: '方案' }).getByRole('button', { name: /资金/ }).click()
  await expect(main).toContainText('示例〔2021〕1号')
  await main.getByRole('button', { name: '加一笔资金' }).click()
  await office.panel.getByRole('combobox', { name: '来源' }).click()
  await page.getByRole('option', { name: '省级', exact: true }).click()
  await office.panel.getByRole('textbox', { name: '计划' }).fill('9000000')
  await office.panel.getByRole('textbox', { name: '结算' }).fill('12345.67')
  await office.save()
  const wrong = main.getByRole('list', { name: '要解决的' })
  await expect(wrong).toContainText(/资金合计 .* 超过需要的 /)
  await expect(wrong).toContainText('资金不能超过 100%：减少一个来源的计划数。')
  await expect(main.getByRole('row', { name: /省级/ })).toContainText('12,345.67')
  await picture(page, 'plan-findings-1-money')

  // 110 % is the limit itself; one yuan more is over it.
  const lamps = main.getByRole('row', { name: /添 路灯/ })
  for (const [account, over] of [['11000', false], ['11001', true]] as const) {
    await lamps.getByRole('button', { name: '添 路灯' }).click()
    await office.panel.getByRole('textbox', { name: '预算' }).fill('10000')
    await office.panel.getByRole('textbox', { name: '决算' }).fill(account)
    await office.save()
    await expect(lamps).toContainText(over ? '110.01%' : '110.00%')
    await expect(lamps.getByText('超', { exact: true })).toHaveCount(over ? 1 : 0)
  }
  await expect(wrong).toContainText('“路灯”决算 11,001.00 元 超过预算 10,000.00 元 的限度')
})

test('items that wait for each other keep a plan from being published', async ({ office, page }) => {
  await office.enter()
  await office.ledger('先后与取舍')
  await page.getByRole('button', { name: '新增先后与取舍' }).click()
  for (const [field, words] of [['改造内容', '疏通污水管网（第2版'], ['另一项', '修补破损路面（第2版']] as const) {
    await office.panel.getByRole('combobox', { name: field }).fill(words)
    await page.getByRole('option', { name: new RegExp(words) }).click()
  }
  await office.panel.getByRole('combobox', { name: '关系' }).click()
  await page.getByRole('option', { name: '要等另一项先做' }).click()
  await office.save()

  await office.go('改造方案')
  await expect(office.main.getByRole('list', { name: '要解决的' })).toContainText('互相等着先做')
  await picture(page, 'plan-findings-2-circle')
  await office.main.getByRole('navigation', { name: '方案' }).getByRole('button', { name: /版本和比较/ }).click()
  await office.main.getByRole('button', { name: '征求意见（发布）…' }).click()
  const notice = page.getByRole('dialog', { name: '征求意见' })
  await notice.getByRole('textbox', { name: '公示开始' }).fill('2021-4-8')
  await notice.getByRole('textbox', { name: '公示结束' }).fill('2021-4-15')
  await notice.getByRole('button', { name: '发布并冻结' }).click()
  await expect(office.notice('1 处自相矛盾')).toBeVisible()
  await notice.getByRole('button', { name: '取消' }).click()
  await office.undo.click()
  await office.main.getByRole('navigation', { name: '方案' }).getByRole('button', { name: /内容/ }).click()
  await expect(office.main).not.toContainText('互相等着先做')
})

test('a shed is demolished once: the list says by which item, and a second time is told', async ({ office, page }) => {
  await office.enter()
  await office.go('改造方案')
  const main = office.main
  await main.getByRole('row', { name: /拆除大排房/ }).getByRole('button', { name: '选要拆的…' }).click()
  const dialog = page.getByRole('dialog', { name: '“拆除大排房”要拆的' })
  await dialog.locator('.el-select', { has: page.getByRole('combobox', { name: '对象类别' }) }).click()
  await page.getByRole('option', { name: '车棚', exact: true }).click()
  await expect(dialog.getByText('已列入“拆除老旧集体车棚”')).toHaveCount(3)
  await expect(dialog.getByRole('button', { name: '列入拆除' })).toBeDisabled()
  await picture(page, 'plan-findings-3-shed')
  await dialog.getByRole('button', { name: '取消' }).click()

  // The same shed once more, as a pasted row would bring it.
  const grid = await office.ledger('改造效果')
  await grid.home()
  const [shed] = await office.texts('effect', 'cycleShed', '拆除老旧集体车棚')
  await page.getByRole('button', { name: '新增改造效果' }).click()
  await office.panel.getByRole('combobox', { name: '改造内容' }).fill('拆除大排房（第2版')
  await page.getByRole('option', { name: /拆除大排房（第2版/ }).click()
  await office.panel.getByRole('combobox', { name: '动作' }).click()
  await page.getByRole('option', { name: '拆除', exact: true }).click()
  await office.panel.getByRole('combobox', { name: '车棚' }).fill(shed ?? '')
  await page.getByRole('option', { name: shed ?? '' }).first().click()
  await office.save()
  await office.go('改造方案')
  const wrong = main.getByRole('list', { name: '要解决的' })
  await expect(wrong).toContainText('同一处只能拆一次')
  await picture(page, 'plan-findings-4-twice')
})
