import { SURVEY } from '../stage/bridge.ts'
import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('a survey workbook becomes an inventory in one step that can be taken back', async ({ office, page, bridge }) => {
  await office.start()

  await office.go('设置')
  await bridge.answerDialog(bridge.file('文明社区.jgdb'))
  await office.main.getByRole('button', { name: '新建一本账' }).click()
  await expect(page.getByRole('banner')).toContainText('文明社区')
  await expect(office.main).toContainText('这本账还是空的')
  await picture(page, 'main-1-empty')

  await office.main.getByRole('button', { name: '导入摸底台账' }).first().click()
  await bridge.answerDialog(SURVEY)
  await office.main.getByRole('button', { name: /选择文件/ }).click()
  await expect(office.main.getByLabel('小区名称')).toHaveValue('五交化家属院')
  await expect(office.main).toContainText('2021年3月5日')
  for (const count of [/楼栋\s*8 ?栋/, /房屋\s*307 ?套/, /1,100 ?人/, /大排房 ?22 ?间/, /小配房 ?55 ?间/, /30 ?间/]) {
    await expect(office.main).toContainText(count)
  }
  await expect(office.main.getByRole('tab', { name: /合计核对/ })).toBeVisible()
  expect(await office.count('dwelling'), 'nothing is written before the person agrees').toBe(0)
  await picture(page, 'main-2-preview')
  await office.main.getByRole('tab', { name: /问题/ }).click()
  await expect(office.main.getByRole('tabpanel')).toContainText('没有发现问题')
  for (const tab of [/合计核对/, /逐行核对/]) {
    await office.main.getByRole('tab', { name: tab }).click()
    await expect(office.main.getByRole('tabpanel').getByRole('table').first()).toBeVisible()
  }
  await picture(page, 'main-3-rows')

  await office.main.getByRole('button', { name: /^导入/ }).click()
  await expect(office.main).toContainText('导入好了')
  await expect(office.main).toContainText(/房屋 ?307 ?套/)
  await expect(office.main).toContainText(/1,100 ?人/)
  await picture(page, 'main-4-done')
  expect(await office.count('dwelling')).toBe(307)
  expect(await office.count('building')).toBe(8)

  await office.main.getByRole('button', { name: '去看这个小区' }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText('五交化家属院')
  await expect(office.main).toContainText(/307/)
  await expect(office.main).toContainText(/1,?100/)
  const grid = await office.ledger('房屋')
  await grid.home()
  await expect(grid.frame).toContainText('共 307 套')
  await expect(grid.body(0, 0)).toHaveText('1号楼')
  await picture(page, 'main-5-dwellings')

  await page.keyboard.press('Control+z')
  await expect.poll(() => office.count('dwelling')).toBe(0)
  await expect.poll(() => office.count('compound')).toBe(0)
  await expect(office.redo).toBeEnabled()
  await page.keyboard.press('Control+y')
  await expect.poll(() => office.count('dwelling')).toBe(307)
})

test('a grid is exported as a workbook', async ({ office, page, bridge }) => {
  await office.enter()
  await office.ledger('房屋')
  const file = bridge.file('房屋.xlsx')
  await bridge.answerDialog(file)
  await page.getByRole('button', { name: '导出', exact: false }).click()
  await page.getByRole('menuitem', { name: /Excel、WPS/ }).click()
  await expect(office.notice('房屋')).toBeVisible()
  await expect.poll(() => bridge.head(file)).toBe('PK')
})

test('a dialog that is closed changes nothing and says nothing', async ({ office, bridge }) => {
  await office.start()
  await office.go('导入台账')
  await bridge.answerDialog(null)
  const button = office.main.getByRole('button', { name: /选择文件/ })
  await button.click()
  await expect(button).toBeEnabled()
  await expect(office.notice(/./)).toHaveCount(0)
})
