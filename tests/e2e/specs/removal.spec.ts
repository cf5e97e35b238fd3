import { expect, test } from '../stage/test.ts'

test('a building goes with all that hangs on it and comes back from the recycle bin', async ({ office }) => {
  await office.enter()
  const kinds = ['building', 'entrance', 'dwelling', 'household', 'ownership'] as const
  const before = await Promise.all(kinds.map((kind) => office.count(kind)))

  const buildings = await office.ledger('楼栋')
  await buildings.home()
  await buildings.down(7)
  await office.main.getByRole('button', { name: '删除', exact: true }).click()
  const question = office.question('删除')
  await expect(question).toContainText('8号楼')
  await expect(question).toContainText(/房屋 \d+ ?套/)
  await question.getByRole('button', { name: '取消' }).click()
  await expect(question).toBeHidden()
  expect(await office.count('building')).toBe(before[0])

  await office.main.getByRole('button', { name: '删除', exact: true }).click()
  await office.question('删除').getByRole('button', { name: '删除' }).click()
  await expect(office.notice('删除')).toContainText('8号楼')
  await expect.poll(() => office.count('building')).toBe((before[0] ?? 0) - 1)
  expect(await office.count('dwelling')).toBeLessThan(before[2] ?? 0)

  await office.go('回收站')
  const entry = office.main.getByRole('row', { name: /8号楼/ })
  await expect(entry).toContainText(/房屋 \d+ ?套/)
  await entry.getByRole('button', { name: '恢复' }).click()
  await expect.poll(() => Promise.all(kinds.map((kind) => office.count(kind)))).toEqual(before)
  await expect(entry).toHaveCount(0)
})

test('what a plan acts on cannot be removed, and the sentence names the plan', async ({ office }) => {
  await office.enter()
  const count = await office.count('outbuilding')
  const grid = await office.ledger('附属房与违建')
  await grid.home()
  await office.main.getByRole('button', { name: '删除', exact: true }).click()
  await expect(office.notice(/方案/)).toBeVisible()
  expect(await office.count('outbuilding')).toBe(count)
})
