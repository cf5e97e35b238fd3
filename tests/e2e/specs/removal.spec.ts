import { expect, test } from '../stage/test.ts'

test('a building goes with all that hangs on it and comes back from the recycle bin', async ({ office, page }) => {
  await office.start()
  const kinds = ['building', 'entrance', 'dwelling', 'household', 'ownership'] as const
  const before = await Promise.all(kinds.map((kind) => office.count(kind)))

  // A building of its own, so that no plan stands in the way.
  const grid = await office.ledger('单元')
  await grid.home()
  await office.ledger('楼栋')
  const buildings = await office.ledger('楼栋')
  await buildings.home()
  await buildings.down(7)
  await page.getByRole('button', { name: '删除', exact: true }).click()
  const question = office.question('删除')
  await expect(question).toContainText('8号楼')
  await expect(question).toContainText(/房屋 \d+ ?套/)
  await question.getByRole('button', { name: '取消' }).click()
  expect(await office.count('building')).toBe(before[0])

  await page.getByRole('button', { name: '删除', exact: true }).click()
  await office.question('删除').getByRole('button', { name: '删除' }).click()
  await expect(office.notice('删除')).toContainText('8号楼')
  await expect.poll(() => office.count('building')).toBe((before[0] ?? 0) - 1)
  expect(await office.count('dwelling')).toBeLessThan(before[2] ?? 0)

  await office.go('回收站')
  const entry = office.main.getByRole('row', { name: /8号楼/ }).or(office.main.getByRole('listitem').filter({ hasText: '8号楼' }))
  await expect(entry.first()).toContainText(/套/)
  await entry.first().getByRole('button', { name: /恢复|还原|找回/ }).click()
  await expect.poll(() => Promise.all(kinds.map((kind) => office.count(kind)))).toEqual(before)
  await expect(office.main).toContainText('回收站')
})

test('what a plan acts on cannot be removed, and the sentence names the plan', async ({ office, page }) => {
  await office.start()
  const count = await office.count('outbuilding')
  const grid = await office.ledger('附属房与违建')
  await grid.home()
  await page.getByRole('button', { name: '删除', exact: true }).click()
  await expect(office.notice(/方案/)).toBeVisible()
  expect(await office.count('outbuilding')).toBe(count)
})
