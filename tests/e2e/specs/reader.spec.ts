import { expectAccessible, expectNoOverflow, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('a reader sees names masked, edits nothing, and prints what he sees', async ({ bridge, office, page }) => {
  await office.enter()
  await bridge.call('duty_set', { duty: 'planner', pin: '2468' })
  await page.reload()
  await office.go('设置')
  await office.main.getByRole('button', { name: '设查看员口令' }).click()
  const dialog = page.getByRole('dialog', { name: '设查看员口令' })
  await dialog.getByLabel('新口令').fill('9753')
  await dialog.getByLabel('再输一次').fill('9753')
  await dialog.getByRole('button', { name: '存口令' }).click()
  await expect(office.notice('查看员口令已设好')).toBeVisible()
  await picture(page, 'reader-card')

  const people = { kind: 'household', compound: null, search: '', filters: [], sort: [] }
  const shown = async (): Promise<string> => JSON.stringify(await bridge.call('record_window', { query: people, offset: 0, limit: 5 }))
  const whole = await shown()
  const switchTo = async (from: string, to: string, pin: string): Promise<void> => {
    await page.getByRole('button', { name: `身份：${from}` }).click()
    const change = page.getByRole('dialog', { name: '换身份' })
    await office.choose(change, to)
    await change.getByLabel('口令').fill(pin)
    await change.getByRole('button', { name: '换身份' }).click()
    await expect(page.getByRole('button', { name: `身份：${to}` })).toBeVisible()
  }
  await switchTo('规划员', '查看员', '9753')
  await expect(page.getByRole('status').filter({ hasText: '姓名只留姓' })).toBeVisible()
  for (const screen of ['导入台账', '操作记录', '回收站', '数据体检']) {
    await expect(office.menu.getByRole('link', { name: screen, exact: true })).toHaveCount(0)
  }
  await expect(office.undo).toBeDisabled()
  await office.ledger('住户')
  await expect(office.main).toContainText('*')
  expect(await shown()).not.toBe(whole)
  await expect(office.main.getByRole('button', { name: /^新建/ })).toHaveCount(0)
  await picture(page, 'reader-households')
  await expectAccessible(page)
  await expectNoOverflow(page)
  await office.go('打印')
  await expect(office.main.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(office.main.getByText('正在读取')).toHaveCount(0, { timeout: 60_000 })
  await picture(page, 'reader-print')

  await switchTo('查看员', '规划员', '2468')
  expect(await shown()).toBe(whole)
  await expect(office.menu.getByRole('link', { name: '操作记录', exact: true })).toBeVisible()
})
