import { expect, test } from '../stage/test.ts'

test('the first run shows the sample ledger, marked as such', async ({ office, page }) => {
  await office.start()
  await expect(page).toHaveTitle(/示例.*旧改一本账|旧改一本账/)
  await expect(page.getByRole('banner').getByText('示例', { exact: true })).toBeVisible()
  await expect(office.main).toContainText('五交化家属院')
  await expect(office.main).toContainText('307')
  await expect(office.main).toContainText(/1,?100/)
})

test('the sample stays as it was left when the window opens again', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  await grid.to('楼栋长')
  await page.keyboard.type('示例甲')
  await page.keyboard.press('Enter')
  await expect.poll(() => office.texts('building', 'head')).toContain('示例甲')
  await page.reload()
  const again = await office.ledger('楼栋')
  await again.to('楼栋长')
  await again.expectCell('楼栋长', '示例甲')
})
