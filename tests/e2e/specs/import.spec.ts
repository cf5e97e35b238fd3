import { writeFile } from 'node:fs/promises'

import type { Page } from '@playwright/test'

import type { Bridge } from '../stage/bridge.ts'
import { expectNoOverflow, picture } from '../stage/inspection.ts'
import type { Office } from '../stage/office.ts'
import { expect, test } from '../stage/test.ts'
import { mend } from '../stage/workbook.ts'

const TABLE = `示例院住户摸底表,,,,,,
楼号,单元,房号,业主姓名,平方数,常住人口,小配房
一号楼,1单元,101,示例甲,61.20,3,1
,,102,示例乙,58.00,2,0
2#,2,301,示例丙,72.50,4,2
合计,,3户,,191.70,9,3
`

async function emptyLedger(office: Office, bridge: Bridge, page: Page): Promise<void> {
  await office.start()
  await office.go('设置')
  await bridge.answerDialog(bridge.file('示例街道.jgdb'))
  await office.main.getByRole('button', { name: '新建一本账' }).click()
  await expect(page.getByRole('banner')).toContainText('示例街道')
}

async function read(office: Office, bridge: Bridge, name: string, text: string): Promise<void> {
  const file = bridge.file(name)
  await writeFile(file, text)
  await office.go('导入台账')
  const again = office.main.getByRole('button', { name: /^(选择文件|换一个文件|再导入一份)/ })
  await bridge.answerDialog(file)
  await again.click()
}

function row(office: Office, number: number) {
  return office.main.getByRole('row').filter({ has: office.page.getByRole('checkbox', { name: `导入第 ${number} 行` }) })
}

async function commit(office: Office): Promise<void> {
  await office.main.getByRole('button', { name: /^导入 \d/ }).click()
  await expect(office.main).toContainText(/导入好了|没有要改的/)
}

/** Maps the one column that is not known, names the compound and compares. */
async function map(office: Office, page: Page): Promise<void> {
  await expect(office.main.getByText('没有认出，请选一项，或者不导入')).toBeVisible()
  await office.main.getByRole('combobox', { name: /E 列 平方数/ }).click()
  await page.getByRole('option', { name: '建筑面积', exact: true }).click()
  await expect(office.main.getByText('这次选定的')).toBeVisible()
  await office.main.getByLabel('小区名称').fill('示例院')
  await page.keyboard.press('Escape')
  await picture(page, 'import-1-map')
  await expectNoOverflow(page)
  await office.main.getByRole('button', { name: '下一步：和台账核对' }).click()
}

test('a messy table is mapped by a click, compared, imported, and the next one needs no click', async ({ office, page, bridge }) => {
  await emptyLedger(office, bridge, page)
  await read(office, bridge, '摸底.csv', TABLE)
  await map(office, page)
  await expect(office.main.getByRole('button', { name: /新增 3/ })).toBeVisible()
  await expect(office.main.getByRole('tab', { name: '合计核对（都对得上）' })).toBeVisible()
  await commit(office)
  expect(await office.count('dwelling')).toBe(3)
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['61.20', '58.00', '72.50'])

  await read(office, bridge, '下月.csv', TABLE.replace('61.20', '63.75').replace('191.70', '194.25'))
  await expect(office.main.getByRole('button', { name: /有改动 1/ })).toBeVisible()
  await office.main.getByRole('button', { name: /有改动 1/ }).click()
  await expect(row(office, 3)).toContainText('61.20 → 63.75')
  await picture(page, 'import-2-changed')
  await expectNoOverflow(page)
  await commit(office)
  await expect(office.main).toContainText('改动 1 条记录')
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['63.75', '58.00', '72.50'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => office.texts('dwelling', 'grossFloorArea')).toEqual(['61.20', '58.00', '72.50'])
})

test('what a person changed since stands, unless the row is ticked; rows about one place are chosen side by side', async ({ office, page, bridge }) => {
  await emptyLedger(office, bridge, page)
  await read(office, bridge, '摸底.csv', TABLE)
  await map(office, page)
  await commit(office)
  const window = await bridge.call<{ rows: { id: string }[] }>('record_window', {
    query: { kind: 'dwelling', compound: null, search: '301', filters: [], sort: [] }, offset: 0, limit: 5,
  })
  await bridge.call('record_edit', {
    edits: { kind: 'dwelling', compound: null, gesture: 'edit', edits: [{ id: window.rows[0]?.id, cells: [{ field: 'grossFloorArea', text: '70' }] }] },
  })

  const twice = TABLE.replace('72.50', '72.80').replace('合计,,3户,,191.70,9,3\n', '1,1,101,示例甲,66.60,3,1\n')
  await read(office, bridge, '下月.csv', twice)
  await expect(office.main.getByRole('button', { name: /有冲突 3/ })).toBeVisible()
  await office.main.getByRole('button', { name: /有冲突 3/ }).click()
  await expect(row(office, 5)).toContainText('70.00 → 72.80')
  await expect(row(office, 5)).toContainText('有人在台账里改过')
  await expect(row(office, 5).getByRole('checkbox')).not.toBeChecked()
  await picture(page, 'import-3-conflict')
  await office.main.getByRole('tab', { name: '重复（1 处）' }).click()
  await office.main.getByRole('radio', { name: /1号楼1单元101 选用第 6 行/ }).check()
  await picture(page, 'import-4-twins')
  await expectNoOverflow(page)
  await commit(office)
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['66.60', '58.00', '70.00'])

  await read(office, bridge, '再来.csv', twice.replace('示例乙', '示例乙二'))
  await row(office, 5).getByRole('checkbox').check()
  await commit(office)
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['66.60', '58.00', '72.80'])
})

test('bad rows are saved with the reason, mended and imported; one undo each takes all back', async ({ office, page, bridge }) => {
  await emptyLedger(office, bridge, page)
  const bad = TABLE.replace('72.50', '约七十').replace(',,102,', ',,,').replace('合计,,3户,,191.70,9,3\n', '')
  await read(office, bridge, '摸底.csv', bad)
  await map(office, page)
  await expect(office.main.getByRole('button', { name: /不能导入 1/ })).toBeVisible()
  await expect(office.main.getByRole('button', { name: /要改的 2/ })).toBeVisible()
  const file = bridge.file('要改的行.xlsx')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '保存要改的行' }).click()
  await expect(office.notice('要改的内容已保存')).toBeVisible()
  await commit(office)
  await expect(office.main).toContainText('有 1 行不能导入')
  await picture(page, 'import-5-done')
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['61.20', ''])

  await mend(file, { 约七十: '72.50' }, 'D', '102')
  await bridge.answerDialog(file)
  await office.main.getByRole('button', { name: '再导入一份' }).click()
  await expect(office.main.getByRole('button', { name: /新增 1/ })).toBeVisible()
  await expect(office.main.getByRole('button', { name: /有改动 1/ })).toBeVisible()
  await commit(office)
  expect(await office.texts('dwelling', 'grossFloorArea')).toEqual(['61.20', '58.00', '72.50'])
  await office.undo.click()
  await expect.poll(() => office.count('dwelling')).toBe(2)
  await office.undo.click()
  await expect.poll(() => office.count('dwelling')).toBe(0)
  expect(await office.count('compound')).toBe(0)
})

test('a block from a grid is pasted with Ctrl+V and imported from the keyboard', async ({ office, page, bridge }) => {
  await emptyLedger(office, bridge, page)
  await office.go('导入台账')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, TABLE.replaceAll(',', '\t').replace('平方数', '建筑面积'))
  await expect(office.main).toContainText('粘贴的内容')
  const name = office.main.getByLabel('小区名称')
  await name.fill('粘贴院')
  await name.press('Escape')
  const go = office.main.getByRole('button', { name: /下一步|重新核对/ })
  await go.focus()
  await page.keyboard.press('Enter')
  const button = office.main.getByRole('button', { name: '导入 3 行' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(office.main).toContainText('导入好了')
  expect(await office.count('dwelling')).toBe(3)
})

/** So many that a quick machine works on them for seconds. */
const HOMES = 50_000

test('a long import tells how far it is, can be stopped, and is whole the second time', async ({ office, page, bridge }) => {
  await emptyLedger(office, bridge, page)
  const homes = Array.from({ length: HOMES }, (_, at) => {
    const [building, entrance, room] = [1 + Math.floor(at / 240), 1 + Math.floor((at % 240) / 60), at % 60]
    return `${building}号楼,${entrance}单元,${1 + Math.floor(room / 10)}${String(1 + (room % 10)).padStart(2, '0')},示例${at},61.20,2`
  })
  await read(office, bridge, '大表.csv', `示例院住户摸底表,,,,,\n楼号,单元,房号,业主姓名,建筑面积,常住人口\n${homes.join('\n')}\n`)
  const act = office.main.getByRole('button', { name: /^导入 \d/ })
  await expect(act).toBeVisible({ timeout: 60_000 })
  await act.click()
  const work = page.getByRole('dialog', { name: '正在导入' })
  await expect(work).toContainText(/\d \/ \d/)
  await work.getByRole('button', { name: '停下' }).click()
  await expect(office.notice('已停下。没有做完的都不算，台账没有改。')).toBeVisible()
  expect(await office.count('dwelling')).toBe(0)

  await act.click()
  await expect(work).toContainText(/\d \/ \d/)
  await picture(page, 'import-long')
  await expect(office.main).toContainText('导入好了', { timeout: 120_000 })
  await expect(work).toBeHidden()
  expect(await office.count('dwelling')).toBe(HOMES)
  await page.keyboard.press('Control+z')
  await expect.poll(() => office.count('dwelling'), { timeout: 120_000 }).toBe(0)
})
