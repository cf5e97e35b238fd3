import { Bridge } from '../stage/bridge.ts'
import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('the history names each step, and a step under a later one is not taken back', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  for (const name of ['示例甲', '示例乙']) {
    await grid.to('楼栋长')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect.poll(() => office.texts('building', 'head')).toContain(name)
  }
  await office.go('操作记录')
  const rows = office.main.locator('tbody tr')
  await expect(rows.nth(0)).toContainText('1号楼')
  await expect(rows.nth(1)).toContainText('1号楼')
  await picture(page, 'history')

  await rows.nth(1).getByRole('button', { name: '撤销这一步' }).click()
  await expect(page.locator('.notice')).toContainText('1号楼')
  await expect(page.locator('.notice .notice-next')).toHaveText(/[\u4e00-\u9fff]{3,}/)
  expect(await office.texts('building', 'head')).toContain('示例乙')

  await rows.nth(0).getByRole('button', { name: '撤销这一步' }).click()
  await expect.poll(() => office.texts('building', 'head')).toContain('示例甲')
  await expect(rows.filter({ hasText: '已撤销' })).toHaveCount(1)
})

test('a ledger that another window holds opens for reading only, and says who has it', async ({ office, page, bridge }) => {
  await office.enter()
  const { path } = await bridge.call<{ path: string }>('ledger_status')
  const other = await Bridge.start()
  try {
    await page.goto(other.url)
    await expect(office.menu).toBeVisible()
    await office.go('设置')
    await other.answerDialog(path)
    await office.main.getByRole('button', { name: '打开另一本账' }).click()
    await expect(page.getByRole('banner').getByText('只读')).toBeVisible()
    await expect(page.getByRole('alert').first()).toHaveText(/[\u4e00-\u9fff]{6,}/)
    await office.main.getByRole('link', { name: '五交化家属院' }).click()
    const grid = await office.ledger('房屋')
    await grid.home()
    await expect(page.getByRole('button', { name: '新增房屋' })).toHaveCount(0)
    await page.keyboard.type('9')
    await expect(grid.cell).toHaveValue('')
    await picture(page, 'read-only')
  } finally {
    await page.goto('about:blank')
    await other.stop()
  }
})

test('the list of recent ledgers opens one again', async ({ office, page, bridge }) => {
  await office.start()
  await office.go('设置')
  await bridge.answerDialog(bridge.file('甲街道.jgdb'))
  await office.main.getByRole('button', { name: '新建一本账' }).click()
  await expect(page.getByRole('banner')).toContainText('甲街道')
  const recent = await bridge.call<{ name: string; exists: boolean }[]>('ledger_recent')
  expect(recent.map((one) => one.name)).toEqual(['甲街道', '示例 五交化家属院'])
  await office.go('设置')
  await office.main.getByRole('button', { name: '看示例' }).click()
  await expect(page.getByRole('banner').getByText('示例', { exact: true })).toBeVisible()
})

test('a filter of a column narrows the rows and their totals', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('附属房与违建')
  await grid.home()
  await expect(grid.frame).toContainText('共 107 处')
  const col = await grid.to('类型')
  await page.keyboard.press('Control+Shift+L')
  const box = page.getByRole('dialog', { name: '筛选类型' })
  await box.getByRole('checkbox', { name: '大排房' }).check()
  await picture(page, 'filter')
  await box.getByRole('button', { name: '确定' }).click()
  await expect(grid.frame).toContainText('共 22 处')
  await expect(grid.body(0, col)).toHaveText('大排房')
  await expect(grid.body(5, col)).toHaveText('大排房')
})
