import type { Page } from '@playwright/test'

import { picture } from '../stage/inspection.ts'
import { paste } from '../stage/keyboard.ts'
import { expect, test } from '../stage/test.ts'

/** Holds writes of records back until they are let go, and counts them. */
async function hold(page: Page): Promise<{ open: () => void; sent: () => number }> {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  let sent = 0
  await page.route(/\/ipc$/, async (route) => {
    if ((route.request().postDataJSON() as { cmd: string }).cmd === 'record_edit') {
      sent += 1
      await gate
    }
    await route.continue()
  })
  return { open, sent: () => sent }
}

test('rows typed downward with Enter are rows of their own, wherever they are sorted to', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  const before = await office.texts('building', 'name')
  await grid.to('楼号')
  await grid.down(before.length)
  await grid.expectCell('楼号', '')
  // These go before the first, between others and behind the last.
  for (const name of ['0号楼', '2号楼附', '示例末楼']) {
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
  }
  await expect.poll(() => office.count('building')).toBe(before.length + 3)
  const after = await office.texts('building', 'name')
  expect([...after].sort()).toEqual([...before, '0号楼', '2号楼附', '示例末楼'].sort())
  // The focus stands on the empty row still, whatever came above it.
  await expect(grid.frame).toContainText(`共 ${String(before.length + 3)} 栋`)
  await grid.expectCell('楼号', '')
  await page.keyboard.type('示例后楼')
  await page.keyboard.press('Enter')
  await expect.poll(() => office.texts('building', 'name')).toContain('示例后楼')
  expect(await office.count('building')).toBe(before.length + 4)
})

test('rows typed with Tab are one record and one step each', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  const count = await office.count('building')
  const before = await office.texts('building', 'storeys')
  await grid.to('楼号')
  await grid.down(count)
  for (const [name, storeys] of [['0号楼', '5'], ['2号楼附', '4']]) {
    await page.keyboard.type(name ?? '')
    for (let tabs = 0; !((await grid.cell.getAttribute('aria-label')) ?? '').startsWith('层数：') && tabs < 40; tabs += 1) {
      const label = (await grid.cell.getAttribute('aria-label')) ?? ''
      await page.keyboard.press('Tab')
      await expect.poll(() => grid.cell.getAttribute('aria-label')).not.toBe(label)
    }
    await page.keyboard.type(storeys ?? '')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Home')
    await grid.expectCell('楼号', '')
  }
  await expect.poll(() => office.count('building')).toBe(count + 2)
  const names = await office.texts('building', 'name')
  const storeys = await office.texts('building', 'storeys')
  expect(storeys[names.indexOf('0号楼')]).toBe('5')
  expect(storeys[names.indexOf('2号楼附')]).toBe('4')
  expect(storeys.filter((_, at) => names[at] !== '0号楼' && names[at] !== '2号楼附')).toEqual(before)
  await page.keyboard.press('Control+z')
  await expect.poll(() => office.count('building'), 'one undo takes one row back').toBe(count + 1)
})

test('what is typed while a new row is on its way goes into the same record', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  const count = await office.count('building')
  await grid.to('楼号')
  await grid.down(count)
  const way = await hold(page)
  await page.keyboard.type('0号楼')
  await page.keyboard.press('Enter')
  await expect.poll(way.sent).toBe(1)
  await page.keyboard.press('ArrowUp')
  await grid.expectCell('楼号', '0号楼')
  await grid.toColumn('层数')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await grid.expectCell('层数', '5')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  expect(way.sent(), 'nothing goes a second time').toBe(1)
  way.open()
  await expect.poll(async () => (await office.texts('building', 'storeys', '0号楼'))[0]).toBe('5')
  expect(await office.count('building')).toBe(count + 1)
  // The focus went along with the record to its place in the list.
  await expect(grid.frame).toContainText(`共 ${String(count + 1)} 栋`)
  await grid.expectCell('层数', '5')
  await page.keyboard.press('Home')
  await grid.expectCell('楼号', '0号楼')
})

test('a ledger that cannot be written loses no typed text', async ({ office, page, bridge }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  const before = await office.texts('building', 'storeys')
  const col = await grid.to('层数')
  bridge.fullDisk(true)
  await paste(page, '5\n4\n3\n')
  const bar = office.main.getByText(/有 3 格没有写进台账/)
  await expect(bar).toBeVisible()
  await expect(grid.body(1, col)).toHaveText('4')
  await expect(grid.body(1, col)).toHaveAttribute('aria-invalid', 'true')
  await grid.home()
  await grid.down(before.length)
  await page.keyboard.type('示例新楼')
  await page.keyboard.press('Enter')
  await expect(office.main.getByText(/有 4 格没有写进台账/)).toBeVisible()
  await picture(page, 'grid-unwritten')
  expect(await office.texts('building', 'storeys')).toEqual(before)
  await office.menu.getByRole('link', { name: '房屋', exact: true }).click()
  await office.question('有内容没有写入').getByRole('button', { name: '取消' }).click()

  bridge.fullDisk(false)
  await office.main.getByRole('button', { name: '重新写入' }).click()
  await expect.poll(async () => (await office.texts('building', 'storeys')).slice(0, 3)).toEqual(['5', '4', '3'])
  await expect.poll(() => office.texts('building', 'name')).toContain('示例新楼')
  await expect(office.main.getByText('没有写进台账')).toBeHidden()
})

test('a row that is not complete is asked about before the screen is left', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('楼栋')
  const count = await office.count('building')
  await grid.to('层数')
  await grid.down(count)
  await page.keyboard.type('5')
  await page.keyboard.press('Tab')
  const away = office.menu.getByRole('link', { name: '房屋', exact: true })
  const question = office.question('有内容没有写入')
  await away.click()
  await expect(question).toContainText('还有 1 格没有写入台账')
  await question.getByRole('button', { name: '取消' }).click()
  await expect(question).toBeHidden()
  // Emptied again, the row is none, and nothing is asked.
  await grid.home()
  await grid.down(count)
  await grid.toColumn('层数')
  await grid.expectCell('层数', '5')
  await page.keyboard.press('Delete')
  await grid.expectCell('层数', '')
  await away.click()
  await expect(away).toHaveAttribute('aria-current', 'page')
  expect(await office.count('building')).toBe(count)
})
