import { expect, test } from '../stage/test.ts'

test('Ctrl+K finds a flat by its number and opens it', async ({ office, page }) => {
  await office.start()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '搜索' })
  await palette.getByRole('combobox').fill('3-2-301')
  await expect(palette.getByRole('option').first()).toContainText('3号楼2单元301')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(office.panel.getByRole('heading')).toContainText('3号楼2单元301')
  await page.keyboard.press('Escape')
  await expect(office.panel).toBeHidden()
})

test('the search is opened from a grid and from the bar, and leads to screens by name', async ({ office, page }) => {
  await office.enter()
  const grid = await office.ledger('房屋')
  await grid.home()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '搜索' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await page.getByRole('button', { name: '搜索' }).click()
  await palette.getByRole('combobox').fill('回收站')
  await palette.getByRole('option', { name: '回收站' }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText('回收站')
})

test('a word that stands nowhere says so', async ({ office, page }) => {
  await office.start()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '搜索' })
  await palette.getByRole('combobox').fill('天王盖地虎')
  await expect(palette).toContainText('没有找到“天王盖地虎”')
  await expect(palette).toContainText('3号楼2单元301')
})

test('letters find compounds and screens, notations find the flat, each with its place', async ({ office, page }) => {
  await office.start()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '搜索' })
  const box = palette.getByRole('combobox')
  const first = palette.getByRole('option').first()
  await box.fill('wjh')
  await expect(first).toContainText('五交化家属院')
  for (const text of ['3#2-301', '３－２－３０１', '3号楼2单元301']) {
    await box.fill(text)
    await expect(first).toContainText('五交化家属院 › 3号楼 › 2单元 › 301')
  }
  await box.fill('sz')
  await expect(first).toContainText('设置')
})
