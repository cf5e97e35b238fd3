import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('a restore tells what it takes away, brings back the old state, and can itself be taken back', async ({ office, page }) => {
  await office.enter()
  await office.go('备份与恢复')
  await office.main.getByRole('button', { name: '立即备份' }).click()
  await expect(office.notice('已备份')).toContainText(/\d+ ?套/)
  const rows = office.main.getByRole('row').filter({ has: page.getByRole('button', { name: '恢复…' }) })
  await expect(rows.first()).toContainText('✓')
  const backups = await rows.count()

  const grid = await office.ledger('楼栋')
  await grid.to('楼栋长')
  await page.keyboard.type('示例乙')
  await page.keyboard.press('Enter')
  await expect.poll(() => office.texts('building', 'head')).toContain('示例乙')

  await office.go('备份与恢复')
  await rows.first().getByRole('button', { name: '恢复…' }).click()
  const dialog = page.getByRole('dialog', { name: '恢复到这份备份' })
  await expect(dialog).toContainText(/1 步操作的结果就没有了/)
  await expect(dialog.getByRole('listitem')).toContainText('1号楼')
  await picture(page, 'restore')
  await dialog.getByRole('button', { name: '恢复到这份备份' }).click()
  await expect(office.notice('已恢复')).toBeVisible()
  await expect.poll(() => office.texts('building', 'head')).not.toContain('示例乙')

  // The state before the restore was kept: it is the newest backup now.
  await office.go('备份与恢复')
  await expect.poll(() => rows.count()).toBeGreaterThan(backups)
  await rows.first().getByRole('button', { name: '恢复…' }).click()
  await dialog.getByRole('button', { name: '恢复到这份备份' }).click()
  await expect.poll(() => office.texts('building', 'head')).toContain('示例乙')
})
