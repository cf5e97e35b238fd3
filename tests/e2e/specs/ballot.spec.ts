import { writeFile } from 'node:fs/promises'

import type { Locator, Page } from '@playwright/test'

import { expectAccessible, expectNoOverflow, expectNothingCut, picture } from '../stage/inspection.ts'
import type { Office } from '../stage/office.ts'
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

/** A ballot of one entrance on its first lift, up to its settings. */
async function organise(office: Office, page: Page, name: string): Promise<void> {
  await office.go('业主表决')
  await office.main.getByRole('button', { name: '新建表决' }).click()
  await page.getByRole('textbox', { name: '表决的名称' }).fill(name)
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText(name)
  await office.main.locator('.el-select', { has: page.getByRole('combobox', { name: '表决范围' }) }).click()
  await page.getByRole('option', { name: '一个单元' }).click()
  await office.main.locator('.el-select', { has: page.getByRole('combobox', { name: '哪一个' }) }).click()
  await page.getByRole('option', { name: '1号楼1单元', exact: true }).click()
  await day(office.main, '公告日期', '2026-03-01')
  await day(office.main, '截止日期', '2026-03-31')
  await office.main.getByText('没有专有部分面积的，用登记的建筑面积').click()
}

async function ask(office: Office, page: Page): Promise<void> {
  await office.main.getByRole('button', { name: '写一项议题…' }).click()
  const motion = page.getByRole('dialog', { name: '写一项议题' })
  await motion.getByRole('textbox', { name: '议题' }).fill('是否同意加装电梯')
  await motion.locator('.el-select').click()
  await page.getByRole('option', { name: /（七）改建、重建/ }).click()
  await motion.getByRole('button', { name: '保存议题' }).click()
  await expect(office.main.getByText('四分之三以上同意')).toBeVisible()
}

/** Makes the roll; what a person has to decide is decided. */
async function makeRoll(office: Office, page: Page): Promise<void> {
  await office.main.getByRole('tab', { name: '业主名册' }).click()
  await office.main.getByRole('button', { name: '编名册' }).click()
  await expect(office.main.getByRole('table', { name: '业主名册' }).getByRole('row')).toHaveCount(9)
  const asked = office.main.getByRole('table', { name: '由人决定的' })
  if ((await asked.count()) > 0) {
    await asked.getByRole('button', { name: '决定…' }).first().click()
    const dialog = page.getByRole('dialog')
    await office.choose(dialog, '')
    await dialog.getByRole('textbox', { name: '依据和理由' }).fill('看过购房合同')
    const alike = dialog.getByText('都这样决定')
    if ((await alike.count()) > 0) await alike.click()
    await dialog.getByRole('button', { name: '决定', exact: true }).click()
    await expect(asked.getByText('待决定')).toHaveCount(0)
  }
}

/** Opens the ballot and notes the delivery of its eight papers. */
async function deliver(office: Office, page: Page): Promise<void> {
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
}

/** Who reads, and whether it is the first or the second reading. */
async function reader(office: Office, which: '第一遍' | '第二遍'): Promise<void> {
  await office.main.locator('.el-radio-button', { hasText: which }).click()
  await office.main.getByRole('textbox', { name: '录入人' }).fill(which === '第一遍' ? '示例录入员甲' : '示例录入员乙')
}

/** Reads a paper by keyboard: one key for each motion. */
async function read(office: Office, page: Page, typed: string, keys: string, told: string): Promise<void> {
  const finder = office.main.getByRole('textbox', { name: '票号或房号' })
  await finder.fill(typed)
  await finder.press('Enter')
  await expect(office.main.getByRole('group', { name: /号票$/ }).getByRole('radiogroup').first()).toBeFocused()
  for (const key of keys) await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  await expect(office.main.getByRole('status').filter({ hasText: told })).toContainText('已录')
}

test('from the roll to the notice: a lift of one entrance', async ({ office, page, bridge }) => {
  test.setTimeout(240_000)
  await office.enter()
  await organise(office, page, '1单元加装电梯（示例）')

  // A notice that is too short at first.
  await day(office.main, '开始投票', '2026-03-10')
  await office.main.getByRole('button', { name: '保存设置' }).click()
  await expect(office.main.getByText('不足 15 天')).toBeVisible()
  await day(office.main, '开始投票', '2026-03-16')
  await office.main.getByRole('button', { name: '保存设置' }).click()
  await expect(office.main.getByText('公告到开始投票 15 天')).toBeVisible()

  // A motion with its leg.
  await ask(office, page)
  await look(page, '1-motions')

  // The roll.
  await makeRoll(office, page)
  await look(page, '2-roll')

  // Before the ballot: what owners say they will do is noted, and never counted.
  await office.main.getByRole('tab', { name: '票前摸底' }).click()
  const asked = office.main.getByRole('table', { name: '走访名单' })
  await asked.locator('.el-select').first().click()
  await page.getByRole('option', { name: '可能反对' }).click()
  await expect(asked.getByText('可能反对').first()).toBeVisible()
  const note = asked.getByRole('textbox', { name: /说了什么$/ }).first()
  await note.fill('示例：担心挡光')
  await note.press('Enter')
  await expect(office.main.getByText('离三分之二参与还差')).toHaveCount(0)
  await look(page, '2-straw')

  // Opened: papers are numbered.
  await deliver(office, page)

  // Read by keyboard, twice; an unknown room is refused.
  const finder = office.main.getByRole('textbox', { name: '票号或房号' })
  await day(office.main, '收回日期', '2026-03-20')
  await finder.fill('9-9-999')
  await finder.press('Enter')
  await expect(office.main.getByText('没有“9-9-999”这张票')).toBeVisible()
  await reader(office, '第一遍')
  await read(office, page, '1', '1', '1号楼1单元')
  await read(office, page, '1-1-102', '2', '102')
  for (const number of ['3', '4', '5']) await read(office, page, number, '1', `000${number} 号`)
  await look(page, '3-entry')
  await reader(office, '第二遍')
  await read(office, page, '1', '1', '0001 号')
  await read(office, page, '2', '1', '0002 号')
  for (const number of ['3', '4', '5']) await read(office, page, number, '1', `000${number} 号`)

  // Both readings of number 2 differ: settled by looking at the paper.
  const differences = office.main.getByRole('table', { name: '两遍不一致' })
  await expect(differences).toContainText('0002 号')
  await differences.getByRole('button', { name: '核对…' }).click()
  const settle = page.getByRole('dialog', { name: '核对原票' })
  await office.choose(settle, '同意')
  await settle.getByRole('textbox', { name: '核对的说明' }).fill('两人一起看过原票')
  await settle.getByRole('button', { name: '定下来' }).click()
  await expect(differences).toContainText('以“同意”为准')

  // 还差多少, live; what-if changes nothing.
  await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  await expect(office.main.getByText('离三分之二参与还差')).toContainText('1 人')
  const visits = office.main.getByRole('table', { name: '走访名单' })
  await expect(visits.getByRole('row')).not.toHaveCount(1)
  await expect(office.main.getByRole('list', { name: '封存以前' })).toContainText('可以封存')
  await look(page, '4-gap')
  await office.main.getByRole('button', { name: '假如名单上的都同意' }).click()
  await expect(office.main.getByText('假如这样：照现在收回的票，通过')).toBeVisible()
  await expect(office.main.getByText('离三分之二参与还差')).toContainText('1 人')
  await picture(page, 'ballot-5-what-if')

  // The rest comes back; every figure opens to its papers.
  await office.main.getByRole('tab', { name: '发票与录票' }).click()
  await reader(office, '第一遍')
  for (const number of ['6', '7', '8']) await read(office, page, number, '1', `000${number} 号`)
  await reader(office, '第二遍')
  for (const number of ['6', '7', '8']) await read(office, page, number, '1', `000${number} 号`)
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
  const lower = office.main.locator('section, div', { hasText: '低层业主的异议' }).last()
  await lower.getByRole('button', { name: '记一条异议…' }).click()
  const objecting = page.getByRole('dialog', { name: '记一条异议' })
  await objecting.getByRole('textbox', { name: '房屋或业主' }).fill('1号楼1单元101')
  await objecting.getByRole('textbox', { name: '异议内容' }).fill(`示例：担心挡光和噪声。${'要求写清楚怎么补偿。'.repeat(30)}`)
  await objecting.getByRole('button', { name: '保存' }).click()
  await expect(office.main.getByText('示例：担心挡光和噪声。')).toBeVisible()
  await look(page, '7-lift')

  // Closed: nothing can be undone; the notice of the result is there.
  await office.main.getByRole('button', { name: '计票并封存' }).click()
  await office.question('计票并封存').getByRole('button', { name: '计票并封存' }).click()
  await expect(office.main.getByText('已封存', { exact: true })).toBeVisible()
  await expect(office.undo).toBeDisabled()
  await expect(office.main.getByRole('heading', { name: '通过', exact: true })).toBeVisible()
  await expect(office.main.getByText('与封存时写下的结果一致')).toBeVisible()
  await office.main.getByRole('button', { name: '记一条异议…' }).click()
  await page.getByRole('dialog', { name: '记一条异议' }).getByRole('textbox', { name: '异议内容' }).fill('示例：要求看原票')
  await page.getByRole('dialog', { name: '记一条异议' }).getByRole('button', { name: '保存' }).click()
  await office.main.getByRole('button', { name: '答复…' }).click()
  const answering = page.getByRole('dialog', { name: '答复异议' })
  await answering.getByRole('textbox', { name: '答复', exact: true }).fill('示例：已约定查看时间')
  await answering.getByRole('button', { name: '保存' }).click()
  await expect(office.main.getByText('示例：已约定查看时间')).toBeVisible()
  await look(page, '7-closed')
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

test('papers that are scanned, invalid, cast by proxy or against each other', async ({ office, page }) => {
  test.setTimeout(200_000)
  await office.enter()
  await office.go('业主表决')
  await office.main.getByRole('table', { name: '表决' }).getByRole('link', { name: '改造方案业主表决（示例）' }).click()
  await expect(office.main.getByRole('table', { name: '计票' })).toBeVisible()
  const ballot = /ballots\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  expect(ballot).not.toBe('')
  await office.main.getByRole('tab', { name: '发票与录票' }).click()
  const papers = office.main.getByRole('table', { name: '表决票' })
  const numbers = async (rows: Locator, many: number) => {
    await expect(rows.nth(many - 1)).toBeVisible()
    const found: string[] = []
    for (let at = 0; at < many; at += 1) found.push((await rows.nth(at).getByRole('button').first().textContent())?.trim() ?? '')
    return found
  }
  const [approving = '', rejecting = ''] = await numbers(papers.getByRole('row', { name: /五交化公司/ }), 2)
  const [spoiled = '', proxied = ''] = await numbers(papers.getByRole('row', { name: /已送达/ }).filter({ hasNotText: '五交化公司' }), 2)
  await day(office.main, '收回日期', '2021-03-05')
  const finder = office.main.getByRole('textbox', { name: '票号或房号' })

  // The code of another ballot's paper is not taken for a number of this one.
  await finder.fill(`01900000-0000-7000-8000-000000000000/${spoiled}`)
  await finder.press('Enter')
  await expect(office.main.getByText('扫的是另一次表决的票')).toBeVisible()

  // The code on the paper is what a scanner types.
  await reader(office, '第一遍')
  await finder.fill(`${ballot}/${spoiled}`)
  await finder.press('Enter')
  const spoil = async () => {
    const paper = office.main.getByRole('group', { name: `${spoiled} 号票` })
    await paper.locator('.el-select', { has: page.getByRole('combobox', { name: '整张无效的原因' }) }).click()
    await page.getByRole('option').filter({ visible: true }).first().click()
    await paper.getByRole('button', { name: '保存这张票' }).click()
    await expect(office.main.getByRole('status').filter({ hasText: `${spoiled} 号` })).toContainText('无效，已录')
  }
  const row = (number: string) => papers.getByRole('row').filter({ has: page.getByRole('button', { name: number, exact: true }) })
  await spoil()
  await expect(row(spoiled)).not.toContainText('无效票')

  // Somebody else votes for the owner, with a letter.
  await finder.fill(proxied)
  await finder.press('Enter')
  const paper = office.main.getByRole('group', { name: `${proxied} 号票` })
  for (const motion of await paper.getByRole('radiogroup').all()) await motion.getByRole('radio', { name: '1 同意' }).click()
  await paper.getByRole('textbox', { name: '代理人' }).fill('示例代理人')
  await paper.getByRole('textbox', { name: '委托书' }).fill('示例委托书 1 号')
  await paper.getByRole('button', { name: '保存这张票' }).click()
  await expect(row(proxied)).toContainText('示例代理人代投，示例委托书 1 号')

  // One owner, two papers, two opinions.
  const keys = (key: string) => key.repeat(2)
  await read(office, page, approving, keys('1'), `${approving} 号`)
  await read(office, page, rejecting, keys('2'), `${rejecting} 号`)
  await reader(office, '第二遍')
  await read(office, page, approving, keys('1'), `${approving} 号`)
  await read(office, page, rejecting, keys('2'), `${rejecting} 号`)
  await finder.fill(`${ballot}/${spoiled}`)
  await finder.press('Enter')
  await spoil()
  await expect(row(spoiled)).toContainText('无效')
  await look(page, 'papers-of-all-kinds')

  await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  await expect(office.main.getByRole('heading', { name: '还不能定：有要由人决定的' })).toBeVisible()
  const against = office.main.getByRole('table', { name: '矛盾票' })
  await expect(against).toContainText('五交化公司')
  await against.getByRole('button', { name: '决定…' }).click()
  const ruling = page.getByRole('dialog', { name: '这位业主算哪一种' })
  await office.choose(ruling, '同意')
  await ruling.getByRole('textbox', { name: '依据和理由' }).fill('示例：单位来函，以同意为准')
  await picture(page, 'ballot-ruling')
  await ruling.getByRole('button', { name: '决定', exact: true }).click()
  await expect(against).toContainText('示例：单位来函，以同意为准')
  await expect(office.main.locator('.verdict').getByText('1 位业主的几张票互相矛盾')).toHaveCount(0)
})

test('papers that did not come back join the majority only with all three proofs', async ({ bridge, office, page }) => {
  test.setTimeout(200_000)
  await office.enter()
  await organise(office, page, '1单元从多（示例）')
  await day(office.main, '开始投票', '2026-03-16')
  await office.main.getByText('“从多”：已送达没有收回的票').click()
  await office.main.getByRole('textbox', { name: '议事规则原文' }).fill('示例：第十二条 已送达的表决票到期没有收回的，计入已表决的多数票。')
  await office.main.getByText('表决票上印明').click()
  await office.main.getByRole('button', { name: '保存设置' }).click()
  await expect(office.main.getByText('附上它的扫描件')).toBeVisible()
  const rules = bridge.file('议事规则（示例）.pdf')
  await writeFile(rules, '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
  await bridge.answerDialog(rules)
  await office.main.getByRole('button', { name: /议事规则、公告的扫描件/ }).click()
  const scans = page.getByRole('dialog', { name: '议事规则和公告的扫描件' })
  await scans.getByRole('button', { name: '添加照片或扫描件…' }).click()
  await expect(scans.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(office.main.getByText('“从多”：议事规则原文写明了')).toBeVisible()
  await ask(office, page)
  await makeRoll(office, page)
  await deliver(office, page)
  await day(office.main, '收回日期', '2026-03-20')
  for (const which of ['第一遍', '第二遍'] as const) {
    await reader(office, which)
    for (const number of ['1', '2', '3', '4', '5']) await read(office, page, number, '1', `000${number} 号`)
    await read(office, page, '6', '2', '0006 号')
  }
  await office.main.getByRole('tab', { name: '计票与还差多少' }).click()
  const counted = office.main.getByRole('table', { name: '计票' })
  await expect(counted.getByRole('row', { name: /^从多计入/ })).toContainText('2')
  await expect(office.main.getByText('议事规则原文：示例：第十二条')).toBeAttached()
  await office.main.getByRole('button', { name: '看从多计入的票' }).click()
  await expect(page.getByRole('table', { name: '票', exact: true }).getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await look(page, 'follow')
})
