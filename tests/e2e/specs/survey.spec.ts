import { writeFile } from 'node:fs/promises'

import { expectAccessible, expectNoOverflow, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

/** Ten households of the first two buildings. */
const ROOMS = ['1-1-101', '1-1-102', '1-1-201', '1-1-202', '1-1-301', '1-1-302', '1-2-101', '1-2-102', '1-2-201', '12202']

/** As 问卷星 writes it: three of the rooms are not in the ledger. */
const FILE = [
  '序号,提交答卷时间,来自IP,房号,姓名,联系电话,1、您的身份,3、您家是否同意本小区改造,5、最希望改什么（最多选5项）,15、还有什么话要说',
  '1,2026/11/1 10:00:00,1.1.1.1,2号楼1单元101,,,业主,同意,修道路┋其他〖楼道感应灯〗,早点动工',
  '2,2026/11/1 10:01:00,1.1.1.1,2-1-102,,,1,1,1┋2,',
  '3,2026/11/1 10:02:00,1.1.1.1,99号楼1单元101,示例甲,,业主,同意,修道路,',
  '4,2026/11/1 10:03:00,1.1.1.1,,示例乙,,业主,不同意,修道路,车位太少',
  '5,2026/11/1 10:04:00,1.1.1.1,后院小平房,示例丙,,业主,同意,修道路,',
].join('\n')

test('a round goes from paper by keyboard, from a file and by decision to the table and the paper', async ({ office, page, bridge }) => {
  await office.enter()
  await office.go('问卷调查')
  const rounds = office.main.getByRole('table', { name: '各轮调查' })
  await expect(rounds.getByRole('row')).toHaveCount(4)
  await picture(page, 'survey-1-rounds')

  await office.main.getByRole('button', { name: '新建一轮调查…' }).click()
  const dialog = page.getByRole('dialog', { name: '新建一轮调查' })
  await expect(dialog.getByRole('textbox', { name: '轮次名称' })).toHaveValue('改造意愿（第2轮）')
  await dialog.getByRole('textbox', { name: '轮次名称' }).fill('冬季意愿')
  await dialog.getByRole('textbox', { name: '开始日期' }).fill('2026-1-1')
  await dialog.getByText('纸质问卷录两遍').click()
  await picture(page, 'survey-2-new')
  await dialog.getByRole('button', { name: '新建', exact: true }).click()

  // D2 for every household, each with its code.
  const tabs = office.main.getByRole('navigation', { name: '这一轮' })
  await tabs.getByRole('button', { name: '打印', exact: true }).click()
  await picture(page, 'survey-3-papers')
  await office.main.getByRole('link', { name: /入户调查表/ }).click()
  await expect(office.main.getByText(/共 307 份，纸上有姓名/)).toBeVisible({ timeout: 30_000 })
  await office.main.getByRole('combobox', { name: '楼栋' }).click()
  await page.getByRole('option', { name: '1号楼' }).click()
  await expect(office.main.getByRole('combobox', { name: '房号' })).toBeVisible({ timeout: 30_000 })
  await expectNoOverflow(page)
  await expectAccessible(page)
  await picture(page, 'survey-3-sheets')
  const paper = bridge.file('入户调查表.pdf')
  await bridge.answerDialog(paper)
  await office.main.getByRole('button', { name: '保存 PDF' }).click()
  await expect.poll(() => bridge.head(paper, 4)).toBe('%PDF')

  // Ten sheets by keyboard only.
  await office.go('问卷调查')
  await rounds.getByRole('link', { name: '冬季意愿' }).click()
  await office.main.getByRole('button', { name: '录入', exact: true }).click()
  const code = office.main.getByRole('textbox', { name: '扫码或打房号' })
  await expect(code).toBeFocused()
  for (const [at, room] of ROOMS.entries()) {
    await page.keyboard.type(room)
    await page.keyboard.press('Tab')
    await expect(office.main.getByText('保存这份，录下一份')).toBeVisible()
    // 1 身份, 2 年限, 3 同意; 4 is not asked; 5 多选; 6 有小房 … 14, then words.
    for (const key of '131') await page.keyboard.press(key)
    await page.keyboard.type('0106')
    await page.keyboard.press('Tab')
    await page.keyboard.press('2')
    for (const key of '1211111') await page.keyboard.press(key)
    if (at === 0) {
      await page.keyboard.type('先修下水道')
      await picture(page, 'survey-4-entry')
    }
    await page.keyboard.press('Tab')
    await expect(office.main.getByRole('status')).toContainText(`本轮共 ${at + 1} 份`)
    await expect(code).toBeFocused()
  }
  await expect(office.main.getByRole('list', { name: '最近录的十份' }).getByRole('listitem')).toHaveCount(10)
  await page.keyboard.type('9-9-999')
  await page.keyboard.press('Tab')
  await expect(office.main.getByRole('status')).toContainText('台账里没有')
  await picture(page, 'survey-5-entered')

  // A file of 问卷星 with three answers that match nobody.
  const file = bridge.file('冬季意愿_问卷星.csv')
  await writeFile(file, FILE)
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '导入问卷文件' }).click()
  await office.main.getByRole('button', { name: '选择文件…' }).click()
  await expect(office.main.getByRole('table', { name: '每一列写到哪里' })).toContainText('来自IP')
  await picture(page, 'survey-6-map')
  await office.main.getByRole('button', { name: '导入', exact: true }).click()
  await expect(office.main.getByText('有的要人来定')).toBeVisible()
  await office.main.getByRole('button', { name: '去处理' }).click()
  const waiting = office.main.getByRole('article')
  await expect(waiting).toHaveCount(3)
  await picture(page, 'survey-7-pending')

  // Two find their households, one is not counted.
  for (const room of ['3-1-101', '3-1-102']) {
    const first = waiting.first()
    const before = await waiting.count()
    await first.getByRole('combobox', { name: '是哪一户' }).fill(room)
    await page.getByRole('option', { name: new RegExp(`3号楼1单元${room.slice(-3)}`) }).first().click()
    await first.getByRole('button', { name: '归到这一户' }).click()
    await expect(waiting).toHaveCount(before - 1)
  }
  await waiting.first().getByRole('button', { name: '不计入' }).click()
  await expect(office.main.getByText('没有要处理的答卷。')).toBeVisible()
  await expect(office.main.getByRole('region', { name: '不计入的' }).getByRole('button', { name: '归到这一户' })).toHaveCount(1)
  await picture(page, 'survey-6-decided')

  // The board shows the round.
  await office.go('房态图')
  await office.main.locator('.el-select').first().click()
  await page.getByRole('option', { name: '冬季意愿 是否同意改造' }).click()
  await expect(office.main.getByRole('button', { name: /^1号楼1单元101，.*，同意/ })).toBeVisible()
  await picture(page, 'survey-8-board')

  // Progress, cross-table with what is behind a cell, papers.
  await office.go('问卷调查')
  await rounds.getByRole('link', { name: '冬季意愿' }).click()
  await office.main.getByRole('button', { name: '进度', exact: true }).click()
  await expect(office.main.getByText('307 户里 14 户已答')).toBeVisible()
  await picture(page, 'survey-8-progress')
  await office.main.getByRole('button', { name: '统计分析' }).click()
  await expect(office.main.getByRole('img', { name: /您家是否同意本小区改造/ })).toBeVisible()
  await picture(page, 'survey-9-questions')
  await office.main.getByText('交叉表', { exact: true }).click()
  const table = office.main.getByRole('table', { name: '交叉表' })
  await expect(table.locator('tfoot')).toContainText('合计')
  await table.locator('tbody button.cell:enabled').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('table', { name: '这一格的住户' }).getByRole('row').nth(1)).toContainText('号楼')
  await picture(page, 'survey-10-cross')
  await drawer.getByRole('button', { name: /close|关闭/i }).click()
  await office.main.getByText('居民原话', { exact: true }).click()
  await expect(office.main.getByRole('table', { name: '居民原话' })).toContainText('先修下水道')

  // The same table for the wall: what few households said is left out, on the screen and on paper.
  await office.main.getByText('交叉表', { exact: true }).click()
  await office.main.getByText('公示用：少于 5 户的格子不显示').click()
  await expect(table.getByText('隐去').first()).toBeVisible()
  await office.main.getByRole('link', { name: '打印这张表' }).click()
  await expect(office.main.getByRole('img', { name: '交叉表第 1 页' })).toBeVisible()
  await expect(office.main.locator('label').filter({ hasText: '轮次' })).toContainText('冬季意愿')
  await picture(page, 'survey-10-cross-paper')
  await page.goBack()

  // D3, printed; and the result for the wall, chosen on the same desk.
  await tabs.getByRole('button', { name: '打印', exact: true }).click()
  await office.main.getByRole('link', { name: /征求意见汇总表/ }).click()
  await expect(office.main.getByRole('img', { name: '征求意见汇总表第 1 页' })).toBeVisible()
  await expect(office.main.locator('label').filter({ hasText: '轮次' })).toContainText('冬季意愿')
  await picture(page, 'survey-11-statistics')
  const statistics = bridge.file('汇总表.pdf')
  await bridge.answerDialog(statistics)
  await office.main.getByRole('button', { name: '保存 PDF' }).click()
  await expect.poll(() => bridge.head(statistics, 4)).toBe('%PDF')
  await office.main.getByRole('button', { name: '打印', exact: true }).click()
  await expect.poll(() => bridge.printed()).toHaveLength(1)
  await office.main.getByRole('navigation', { name: '可以打印的文件' }).getByRole('button', { name: /问卷结果公示/ }).click()
  await expect(office.main.getByRole('img', { name: '问卷结果公示第 1 页' })).toBeVisible()
  await picture(page, 'survey-12-result')
})

test('a questionnaire is edited, and what was answered stays', async ({ office, page }) => {
  await office.enter()
  await office.go('问卷调查')
  await office.main.getByRole('button', { name: '问卷和题库' }).click()
  await picture(page, 'questionnaires')
  await office.main.getByRole('link', { name: '老旧小区改造意愿调查表' }).click()
  await expect(office.main.getByText(/保存会另存为第2版/)).toBeVisible()
  await office.main.getByRole('button', { name: '加一道题' }).click()
  const question = office.main.getByRole('region', { name: '第16题' })
  await question.getByRole('textbox', { name: '题目' }).fill('是否愿意参加议事会')
  await picture(page, 'questionnaire-edit')
  await office.main.getByRole('button', { name: '保存', exact: true }).click()
  await expect(office.main.getByText('第2版', { exact: false }).first()).toBeVisible()
  await office.go('问卷调查')
  await office.main.getByRole('link', { name: '第二轮 改造意愿（示例）' }).click()
  await expect(office.main.getByText('这一轮问的还是旧版')).toBeVisible()
})
