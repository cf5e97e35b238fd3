import type { Locator, Page } from '@playwright/test'

import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

/** A day in a date field. */
async function day(where: Locator, label: string, iso: string): Promise<void> {
  const field = where.getByRole('combobox', { name: label })
  await field.fill(iso)
  await field.press('Enter')
}

async function look(page: Page, name: string): Promise<void> {
  // A button under the mouse is drawn paler.
  await page.mouse.move(2, 2)
  await picture(page, `ballot-${name}`)
  await expectNoOverflow(page)
  await expectNothingCut(page)
  // The same elements at either size: once is enough.
  if (page.viewportSize()?.width === 1366) await expectAccessible(page)
}

test('from the roll to the notice: a lift of one entrance', async ({ office, page, bridge }) => {
  test.setTimeout(240_000)
  await office.enter()
  await office.go('业主表决')
  await office.main.getByRole('button', { name: '新建表决' }).click()
  await page.getByRole('textbox', { name: '表决的名称' }).fill('1单元加装电梯（示例）')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText('1单元加装电梯')

  // Settings: one entrance, a notice that is too short at first.
  await office.main.locator('.el-select', { has: page.getByRole('combobox', { name: '表决范围' }) }).click()
  await page.getByRole('option', { name: '一个单元' }).click()
  await office.main.locator('.el-select', { has: page.getByRole('combobox', { name: '哪一个' }) }).click()
  await page.getByRole('option', { name: '1号楼1单元', exact: true }).click()
  await day(office.main, '公告日期', '2026-03-01')
  await day(office.main, '开始投票', '2026-03-10')
  await day(office.main, '截止日期', '2026-03-31')
  await office.main.getByText('没有专有部分面积的，用登记的建筑面积').click()
  await office.main.getByRole('button', { name: '保存设置' }).click()
  await expect(office.main.getByText('不足 15 天')).toBeVisible()
  await day(office.main, '开始投票', '2026-03-16')
  await office.main.getByRole('button', { name: '保存设置' }).click()
  await expect(office.main.getByText('公告到开始投票 15 天')).toBeVisible()

  // A motion with its leg.
  await office.main.getByRole('button', { name: '写一项议题…' }).click()
  const motion = page.getByRole('dialog', { name: '写一项议题' })
  await motion.getByRole('textbox', { name: '议题' }).fill('是否同意加装电梯')
  await motion.locator('.el-select').click()
  await page.getByRole('option', { name: /（七）改建、重建/ }).click()
  await motion.getByRole('button', { name: '保存议题' }).click()
  await expect(office.main.getByText('四分之三以上同意')).toBeVisible()
  await look(page, '1-motions')

  // The roll.
  await office.main.getByRole('tab', { name: '业主名册' }).click()
  await office.main.getByRole('button', { name: '编名册' }).click()
  const roll = office.main.getByRole('table', { name: '业主名册' })
  await expect(roll.getByRole('row')).toHaveCount(9)
  const asked = office.main.getByRole('table', { name: '由人决定的' })
  if ((await asked.count()) > 0) {
    await asked.getByRole('button', { name: '决定…' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio').first().check({ force: true })
    await dialog.getByRole('textbox', { name: '依据和理由' }).fill('看过购房合同')
    const alike = dialog.getByText('都这样决定')
    if ((await alike.count()) > 0) await alike.click()
    await dialog.getByRole('button', { name: '决定', exact: true }).click()
    await expect(asked.getByText('待决定')).toHaveCount(0)
  }
  await look(page, '2-roll')

  // Opened: papers are numbered.
  await office.main.getByRole('button', { name: '开始表决' }).click()
  await office.question('开始表决').getByRole('button', { name: '开始表决' }).click()
  await expect(office.main.getByText('进行中')).toBeVisible()
  const papers = office.main.getByRole('table', { name: '表决票' })
  await expect(papers.getByRole('row')).toHaveCount(9)
  await papers.getByRole('checkbox', { name: '全选' }).check()
  await office.main.getByRole('button', { name: /登记送达…（8）/ }).click()
  const delivery = page.getByRole('dialog', { name: '登记送达 8 张' })
  await day(delivery, '送达日期', '2026-03-17')
  await delivery.getByRole('textbox', { name: '见证人' }).fill('示例见证人')
  await delivery.getByRole('button', { name: '登记', exact: true }).click()
  await expect(papers.getByText('当面 2026-03-17 见证人示例见证人')).toHaveCount(8)

  // Read by keyboard, twice; an unknown room is refused.
  const finder = office.main.getByRole('textbox', { name: '票号或房号' })
  await day(office.main, '收回日期', '2026-03-20')
  await finder.fill('9-9-999')
  await finder.press('Enter')
  await expect(office.main.getByText('没有“9-9-999”这张票')).toBeVisible()
  const read = async (typed: string, key: string, place: string) => {
    await finder.fill(typed)
    await finder.press('Enter')
    await expect(office.main.getByRole('radiogroup', { name: '是否同意加装电梯' })).toBeFocused()
    await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    await expect(office.main.getByRole('status').filter({ hasText: place })).toContainText('已录')
  }
  await office.main.getByRole('textbox', { name: '录入人' }).fill('示例录入员甲')
  await read('1', '1', '1号楼1单元')
  await read('1-1-102', '2', '102')
  for (const number of ['3', '4', '5']) await read(number, '1', `000${number} 号`)
  await look(page, '3-entry')
  await office.main.locator('.el-radio-button', { hasText: '第二遍' }).click()
  await office.main.getByRole('textbox', { name: '录入人' }).fill('示例录入员乙')
  await read('1', '1', '0001 号')
  await read('2', '1', '0002 号')
  for (const number of ['3', '4', '5']) await read(number, '1', `000${number} 号`)

  // Both readings of number 2 differ: settled by looking at the paper.
  const differences = office.main.getByRole('table', { name: '两遍不一致' })
  await expect(differences).toContainText('0002 号')
  await differences.getByRole('button', { name: '核对…' }).click()
  const settle = page.getByRole('dialog', { name: '核对原票' })
  await settle.getByRole('radio', { name: '同意' }).check({ force: true })
  await settle.getByRole('textbox', { name: '核对的说明' }).fill('两人一起看过原票')
  await settle.getByRole('button', { name: '定下来' }).click()
  await expect(differences).toContainText('以“同意”为准')

  // 还差多少, live; what-if changes nothing.
  await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  await expect(office.main.getByText('离三分之二参与还差')).toContainText('1 人')
  const visits = office.main.getByRole('table', { name: '走访名单' })
  await expect(visits.getByRole('row')).not.toHaveCount(1)
  await look(page, '4-gap')
  await office.main.getByRole('button', { name: '假如名单上的都同意' }).click()
  await expect(office.main.getByText('假如这样：照现在收回的票，通过')).toBeVisible()
  await expect(office.main.getByText('离三分之二参与还差')).toContainText('1 人')
  await picture(page, 'ballot-5-what-if')

  // The rest comes back; every figure opens to its papers.
  await office.main.getByRole('tab', { name: '发票与录票' }).click()
  await office.main.locator('.el-radio-button', { hasText: '第一遍' }).click()
  await office.main.getByRole('textbox', { name: '录入人' }).fill('示例录入员甲')
  for (const number of ['6', '7', '8']) await read(number, '1', `000${number} 号`)
  await office.main.locator('.el-radio-button', { hasText: '第二遍' }).click()
  await office.main.getByRole('textbox', { name: '录入人' }).fill('示例录入员乙')
  for (const number of ['6', '7', '8']) await read(number, '1', `000${number} 号`)
  await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  await expect(office.main.getByRole('heading', { name: '照现在收回的票，通过' })).toBeVisible()
  await office.main.getByRole('button', { name: '看同意的票' }).click()
  const parts = page.getByRole('table', { name: '票', exact: true })
  await expect(parts.getByRole('row')).toHaveCount(9)
  await picture(page, 'ballot-6-parts')
  await page.keyboard.press('Escape')

  // The lift is shared to 100.00 %.
  await office.main.getByRole('tab', { name: '电梯分摊' }).click()
  await office.main.getByRole('textbox', { name: '总费用' }).fill('650000')
  await office.main.getByRole('button', { name: '保存并重算' }).click()
  const shares = office.main.getByRole('table', { name: '电梯分摊' })
  await expect(shares).toContainText('100.00%')
  await expect(shares).toContainText('650,000.00')
  await look(page, '7-lift')

  // Closed: nothing can be undone; the notice of the result is there.
  await office.main.getByRole('button', { name: '计票并封存' }).click()
  await office.question('计票并封存').getByRole('button', { name: '计票并封存' }).click()
  await expect(office.main.getByText('已封存')).toBeVisible()
  await expect(office.undo).toBeDisabled()
  await expect(office.main.getByRole('heading', { name: '通过', exact: true })).toBeVisible()
  await office.main.getByRole('tab', { name: '公告、票和表' }).click()
  await look(page, '8-papers')
  await office.main.getByRole('link', { name: /计票结果公示/ }).click()
  await expect(office.main.locator('.choice', { hasText: '表决' }).getByText('1单元加装电梯（示例）（已封存）')).toBeVisible()
  await expect(office.main.getByRole('group', { name: '计票结果公示预览' }).getByRole('img').first()).toBeVisible()
  await look(page, '9-result')
  const file = bridge.file('结果公示.pdf')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '保存 PDF' }).click()
  await expect.poll(() => bridge.head(file, 4)).toBe('%PDF')
  const word = bridge.file('结果公示.docx')
  await bridge.answerDialog(word)
  await office.main.getByRole('button', { name: '保存 Word' }).click()
  await expect.poll(() => bridge.head(word, 2)).toBe('PK')
  await office.main.getByRole('navigation', { name: '可以打印的文件' }).getByRole('button', { name: /表决票及存根/ }).click()
  await expect(office.main.getByRole('group', { name: '表决票及存根预览' }).getByRole('img').first()).toBeVisible()
  await page.goBack()

  // Only a new ballot, linked and with a reason, takes it up.
  await office.main.getByRole('button', { name: '重新组织表决…' }).click()
  const again = page.getByRole('dialog', { name: '重新组织表决' })
  await again.getByRole('textbox', { name: '重新组织的理由' }).fill('示例：业主要求重新公告')
  await again.getByRole('button', { name: '另起一次' }).click()
  await expect(office.main.getByText('接着“1单元加装电梯（示例）”')).toBeVisible()
})

test('the sample shows enough heads and too little area, closed and open', async ({ office, page }) => {
  test.setTimeout(300_000)
  await office.enter()
  await office.go('业主表决')
  const list = office.main.getByRole('table', { name: '表决' })
  await expect(list.getByText('参与的面积不到三分之二').first()).toBeVisible()
  await expect(list.getByText('已封存')).toBeVisible()
  await expect(list.getByText('进行中')).toBeVisible()
  for (const size of [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size)
    await look(page, `list-${String(size.width)}`)
  }
  await list.getByRole('link', { name: '改造方案业主表决（示例）' }).click()
  const counted = office.main.getByRole('table', { name: '计票' })
  await expect(counted.getByRole('row', { name: /^参与/ })).toContainText('人数达到，面积没达到')
  await expect(office.main.getByText('最少再找 1 位业主').or(office.main.getByText(/最少再找 \d+ 位业主/))).toBeVisible()
  for (const size of [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size)
    await look(page, `sample-tally-${String(size.width)}`)
    await office.main.getByRole('tab', { name: '业主名册' }).click()
    await expect(office.main.getByRole('table', { name: '业主名册' })).toBeVisible()
    await look(page, `sample-roll-${String(size.width)}`)
    await office.main.getByRole('tab', { name: '发票与录票' }).click()
    await expect(office.main.getByRole('table', { name: '表决票' })).toBeVisible()
    await look(page, `sample-entry-${String(size.width)}`)
    await office.main.getByRole('tab', { name: '议题与设置' }).click()
    await look(page, `sample-prepare-${String(size.width)}`)
    await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  }
  await office.go('业主表决')
  await office.main.getByRole('button', { name: '表决依据' }).click()
  await expect(office.main.getByRole('table', { name: '表决依据' })).toContainText('周口市城市绿化条例')
  await picture(page, 'ballot-rules')
})
