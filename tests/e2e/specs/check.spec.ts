import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import type { Office } from '../stage/office.ts'
import { expect, test } from '../stage/test.ts'

interface Rows {
  rows: { id: string; label: string }[]
}

/** Types an area into the first rooms of 1号楼, past the UI. */
async function plant(office: Office, areas: string[]): Promise<string[]> {
  const compounds = await office.bridge.call<{ id: string; name: string }[]>('overview_get')
  const compound = compounds.find((row) => row.name === '五交化家属院')?.id ?? ''
  const { rows } = await office.bridge.call<Rows>('record_window', {
    query: { kind: 'dwelling', compound, search: '', filters: [], sort: [] },
    offset: 0,
    limit: areas.length,
  })
  await office.bridge.call('record_edit', {
    edits: {
      kind: 'dwelling',
      compound,
      gesture: 'paste',
      edits: rows.map((row, at) => ({ id: row.id, cells: [{ field: 'grossFloorArea', text: areas[at] ?? '' }] })),
    },
  })
  return rows.map((row) => row.label)
}

test('findings are gone through one by one, mended in their cell, and disappear', async ({ office, page }) => {
  await office.start()
  const [first = '', second = ''] = await plant(office, ['6120', '6375'])
  await office.enter()
  await office.go('数据体检')
  const rules = office.main.getByRole('navigation', { name: '检查项' })
  await rules.getByRole('button', { name: /住宅面积过大/ }).click()
  const list = office.main.getByRole('region', { name: '住宅面积过大' })
  await expect(list).toContainText('为什么要改：')
  await expect(list).toContainText('怎么改：')
  const row = list.getByRole('row', { name: new RegExp(first) })
  await expect(row).toContainText('1号楼')
  await expect(row).toContainText('6120.00 ㎡')
  await expect(row).toContainText('一般不超过 500 ㎡')
  await picture(page, 'check')

  // The cell is under the hands as soon as the panel is open; the next one comes by key.
  await row.getByRole('button', { name: first }).press('Enter')
  const area = office.panel.getByLabel('建筑面积', { exact: true })
  await expect(area).toBeFocused()
  await expect(office.panel.getByRole('note')).toContainText('6120.00 ㎡')
  await picture(page, 'check-panel')
  await area.fill('61.20')
  await page.keyboard.press('Control+s')
  await expect(list.getByRole('row', { name: new RegExp(first) })).toHaveCount(0)
  await page.keyboard.press('F8')
  await expect(office.panel.getByRole('heading')).toContainText(second)
  await expect(area).toBeFocused()
  await expect(area).toHaveValue('6375.00')
  await area.fill('63.75')
  await page.keyboard.press('Control+s')
  await expect(rules.getByRole('button', { name: /住宅面积过大/ })).toHaveCount(0)
  await page.keyboard.press('Control+ArrowDown')
  await expect(office.panel).toBeHidden()
})

test('what is right as it is says why, stays silent, and can be told again', async ({ office, page }) => {
  await office.start()
  const [first = ''] = await plant(office, ['6120'])
  await office.enter()
  await office.go('数据体检')
  const rules = office.main.getByRole('navigation', { name: '检查项' })
  const rule = rules.getByRole('button', { name: /住宅面积过大/ })
  await rule.click()
  await office.main.getByRole('button', { name: '不算问题…' }).click()
  const dialog = office.question('不算问题')
  await expect(dialog.getByRole('button', { name: '不再提醒' })).toBeDisabled()
  await dialog.getByLabel('理由').fill('示例：整层打通')
  await dialog.getByRole('button', { name: '不再提醒' }).click()
  await expect(office.notice('标为不算问题')).toContainText(first)
  await expect(rule).toHaveCount(0)

  await office.undo.click()
  await expect(rule).toHaveCount(1)
  await office.redo.click()
  await expect(rule).toHaveCount(0)

  await office.main.getByText('不算问题 1').click()
  const judged = office.main.getByRole('row', { name: new RegExp(first) })
  await expect(judged).toContainText('示例：整层打通')
  await picture(page, 'check-waived')
  await judged.getByRole('button', { name: '恢复提醒' }).click()
  await expect(office.main.getByText('还没有标为“不算问题”的')).toBeVisible()
  await office.main.getByText('待处理', { exact: true }).click()
  await expect(rule).toHaveCount(1)
})

test('the list goes out as a workbook, for the compound and for the whole ledger', async ({ office, bridge }) => {
  await office.enter()
  await office.go('数据体检')
  const one = bridge.file('清单.xlsx')
  await bridge.answerDialog(one)
  await office.main.getByRole('button', { name: '按楼栋导出' }).click()
  await expect(office.notice('已导出')).toBeVisible()
  expect(await bridge.head(one)).toBe('PK')

  await office.main.getByRole('combobox', { name: '查哪个小区' }).click()
  await office.page.getByRole('option', { name: '全部小区' }).click()
  await expect(office.main.getByRole('button', { name: '按小区导出' })).toBeVisible()
  const rules = office.main.getByRole('navigation', { name: '检查项' })
  await rules.getByRole('button', { name: /房屋没有登记业主/ }).click()
  await expect(office.main.getByRole('columnheader', { name: '小区' })).toBeVisible()
})

test('the screen stands in large text', async ({ office, page }) => {
  await page.setViewportSize({ width: 1366, height: 768 })
  await office.start()
  const settings = await office.bridge.call<object>('settings_get')
  await office.bridge.call('settings_set', { settings: { ...settings, largeText: true } })
  await plant(office, ['6120'])
  await office.enter()
  await office.go('数据体检')
  await expect(office.main.getByRole('navigation', { name: '检查项' })).toBeVisible()
  await office.page.waitForLoadState('networkidle')
  await picture(page, 'check-large')
  await expectNoOverflow(page)
  await expectNothingCut(page)
  await expectAccessible(page)
})

test('a limit of the check is set among the parameters, holds at once, and is taken back', async ({ office, page }) => {
  await office.start()
  await plant(office, ['510'])
  await office.enter()
  await office.go('数据体检')
  const rules = office.main.getByRole('navigation', { name: '检查项' })
  await rules.getByRole('button', { name: /住宅面积过大/ }).click()
  await office.main.getByRole('link', { name: '界限为估计' }).click()
  const table = office.main.getByRole('table', { name: '数据体检的界限' })
  const row = table.getByRole('row', { name: /一套住宅的建筑面积最大/ })
  await expect(row).toContainText('500 ㎡')
  await expect(row).toContainText('经验估计')
  await row.getByRole('button', { name: '修改' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('界限').fill('很大')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('10 至 100000 之间的数')).toBeVisible()
  await dialog.getByLabel('界限').fill('６００㎡')
  await dialog.getByLabel('依据', { exact: true }).fill('街道会议纪要（示例）')
  await picture(page, 'parameter-dialog')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(row).toContainText('600 ㎡')
  await expect(row).toContainText('原来是 500 ㎡')
  await expectAccessible(page)
  await expectNoOverflow(page)
  for (const size of [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size)
    await picture(page, `parameters-${String(size.width)}`)
  }
  await office.go('数据体检')
  await expect(rules).toBeVisible()
  await expect(rules.getByRole('button', { name: /住宅面积过大/ })).toHaveCount(0)
  await office.go('参数')
  await row.getByRole('button', { name: '恢复原来的' }).click()
  await expect(row).not.toContainText('原来是')
  await office.main.getByText('表决依据', { exact: true }).click()
  await expect(office.main.getByRole('table', { name: '表决依据' })).toContainText('法定，不能改')
  await picture(page, 'parameters-ballot')
})
