import { paste } from '../stage/keyboard.ts'
import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('a compound is typed in without any file, planned, compared and printed', async ({ office, page, bridge }) => {
  await office.start()
  await office.go('设置')
  await bridge.answerDialog(bridge.file('手工录入.jgdb'))
  await office.main.getByRole('button', { name: '新建一本账' }).click()
  await expect(office.main).toContainText('这本账还是空的')

  await office.main.getByRole('button', { name: '新建小区' }).first().click()
  await office.panel.getByRole('textbox', { name: '小区名称' }).fill('示例院')
  await office.panel.getByRole('textbox', { name: '用地面积' }).fill('１，２００㎡')
  await picture(page, 'nothing-1-compound')
  await office.save()
  expect(await office.texts('compound', 'siteArea')).toEqual(['1200.00'])
  await office.main.getByRole('link', { name: '示例院' }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText('示例院')
  await picture(page, 'nothing-2-page')

  // Empty ledgers say what to do first; a block from a spreadsheet fills them.
  const buildings = await office.ledger('楼栋')
  await expect(office.main).toContainText('还没有楼栋')
  await picture(page, 'nothing-3-empty')
  await office.main.getByRole('button', { name: '在表格里填写或粘贴' }).click()
  await buildings.home()
  await paste(page, '10号楼\n2号楼\n')
  await expect.poll(() => office.texts('building', 'name')).toEqual(['2号楼', '10号楼'])
  await expect(buildings.body(1, 0)).toHaveText('10号楼')

  const rooms = await office.ledger('附属房与违建')
  await office.main.getByRole('button', { name: '在表格里填写或粘贴' }).click()
  await rooms.home()
  await paste(page, 'P-1\t大排房\t3\t36.5\nP-2\t违建\t1\t8\n')
  await expect.poll(() => office.texts('outbuilding', 'area')).toEqual(['36.50', '8.00'])
  await expect(rooms.body(0, 0)).toHaveText('P-1')
  await expect(rooms.body(1, 0)).toHaveText('P-2')
  await picture(page, 'nothing-4-rooms')

  await office.go('改造方案')
  await expect(office.main).toContainText('还没有改造方案')
  await office.main.getByRole('button', { name: '新建方案' }).first().click()
  await office.save()
  expect(await office.count('plan')).toBe(1)
  await office.main.getByRole('button', { name: '添加内容' }).first().click()
  const catalogue = page.getByRole('dialog', { name: '添加改造内容' })
  await catalogue.getByRole('textbox', { name: '查找改造内容' }).fill('大排房')
  await page.keyboard.press('Enter')
  await catalogue.getByRole('textbox', { name: '数量' }).fill('3')
  await picture(page, 'nothing-5-item')
  await page.keyboard.press('Enter')
  await expect(catalogue).toContainText('已添加：拆除大排房')
  await catalogue.getByRole('button', { name: '完成' }).click()
  expect(await office.count('workItem')).toBe(1)

  await office.main.getByRole('button', { name: '选要拆的…' }).click()
  const dialog = page.getByRole('dialog', { name: /拆除大排房/ })
  await dialog.getByRole('row', { name: /P-1/ }).getByRole('checkbox').check()
  await expect(dialog).toContainText(/已选 1 ?处/)
  await picture(page, 'nothing-6-demolish')
  await dialog.getByRole('button', { name: '列入拆除' }).click()
  await expect(dialog).toBeHidden()
  await expect(office.main).toContainText(/拆除 .*P-1/)

  await office.go('前后对比')
  const row = office.main.getByRole('row', { name: /大排房/ })
  await expect(row.getByRole('button').nth(0)).toHaveText('3')
  await expect(row.getByRole('button').nth(1)).toHaveText('0')
  await expect(office.main.getByRole('row', { name: /拆除面积/ }).getByRole('button').nth(1)).toHaveText('36.50')
  await picture(page, 'nothing-7-comparison')
  await office.main.getByRole('tab', { name: '图表' }).click()
  for (const name of ['指标前后对比', '拆除构成', '管线构成', '停车与充电']) {
    await office.main.getByRole('radiogroup', { name: '图表' }).getByText(name).click()
    await expect(office.main.getByRole('img', { name })).toBeVisible()
    await picture(page, `nothing-8-${name}`)
  }
  await office.go('打印')
  await expect(office.main.getByRole('img', { name: /第 1 页/ })).toBeVisible()
  await picture(page, 'nothing-9-print')

  // Everything that was done goes back step by step, to the empty ledger.
  await office.go('操作记录')
  for (let steps = 0; steps < 20; steps += 1) {
    const status = await bridge.call<{ undo: string | null; revision: number }>('ledger_status')
    if (status.undo === null) break
    await office.undo.click()
    await expect.poll(async () => (await bridge.call<{ revision: number }>('ledger_status')).revision).toBeGreaterThan(status.revision)
    await expect(office.main.locator('tbody tr').first()).toContainText('撤销')
  }
  expect(await office.count('compound')).toBe(0)
  await picture(page, 'nothing-10-undone')
})
