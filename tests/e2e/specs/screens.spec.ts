import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import type { Office } from '../stage/office.ts'
import { expect, test } from '../stage/test.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

/** The screen is there, with its rows. */
async function settled(office: Office): Promise<void> {
  await expect(office.main.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(office.main.getByText('正在读取…').filter({ visible: true })).toHaveCount(0)
  await office.page.waitForLoadState('networkidle')
  const cell = office.main.locator('[data-t="rgRow"][data-r="0"][data-c="0"]')
  if ((await office.main.locator('.data-grid').count()) > 0) await expect(cell).toHaveText(/./)
}

for (const size of SIZES) {
  test(`every screen stands at ${String(size.width)} × ${String(size.height)}`, async ({ office, page }) => {
    test.setTimeout(600_000)
    await page.setViewportSize(size)
    await office.enter()
    const screens = await office.menu.getByRole('link').allTextContents()
    expect(screens.length).toBeGreaterThan(30)
    for (const screen of screens.map((text) => text.trim())) {
      await test.step(screen, async () => {
        await office.go(screen)
        await settled(office)
        await picture(page, `${String(size.width)}-${screen}`)
        await expectNoOverflow(page)
        await expectNothingCut(page)
        // The same elements at either size: once is enough.
        if (size.width === 1366) await expectAccessible(page)
      })
    }
  })
}

test('large letters fit as well, and the setting stays', async ({ office, page }) => {
  await office.enter()
  await office.go('设置')
  await page.getByRole('switch', { name: '大字显示' }).press('Space')
  await page.getByRole('button', { name: '保存设置' }).click()
  await expect(office.notice('设置已保存')).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/large/)
  await office.go('街道总览')
  await office.main.getByRole('link', { name: '五交化家属院' }).click()
  for (const screen of ['街道总览', '前后对比', '房屋', '导入台账', '设置']) {
    await office.go(screen)
    await settled(office)
    await picture(page, `large-${screen}`)
    await expectNoOverflow(page)
    await expectNothingCut(page)
  }
})

test('everything can be reached with the keyboard', async ({ office, page }) => {
  await office.enter()
  await page.reload()
  await expect(office.main.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到内容' })).toBeFocused()
  const link = office.menu.getByRole('link', { name: '房屋', exact: true })
  for (let presses = 0; presses < 60; presses += 1) {
    if (await link.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: '房屋台账' })).toBeVisible()
})
