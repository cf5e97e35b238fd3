import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('personal data of an accepted compound are archived and erased, asked twice and written down', async ({ bridge, office, page }) => {
  await office.enter()
  const rows = await bridge.call<{ id: string; name: string }[]>('overview_get')
  const id = rows.find((row) => row.name === '五交化家属院')?.id ?? ''
  await bridge.call('backup_create')
  const dwellings = await office.count('dwelling')
  const owners = await office.count('owner')

  await office.go('设置')
  await office.main.getByRole('button', { name: '个人信息归档与销毁' }).click()
  await expect(office.main.getByRole('heading', { level: 1 })).toContainText('个人信息归档与销毁')
  await expect(office.main).toContainText('现在没有到“验收移交”的小区')
  await expect(office.main.getByRole('checkbox').first()).toBeDisabled()
  await picture(page, 'erasure-none')

  // The works are accepted: each gate before is passed by a word of somebody.
  const day = { on: '2021-03-05' }
  const { stages } = await bridge.call<{ stages: { conditions: { code: string }[] }[] }>('stage_get', { compound: id })
  for (const { code } of stages.slice(0, 9).flatMap((stage) => stage.conditions)) {
    await bridge.call('stage_say', { request: { compound: id, condition: code, reason: '示例', by: '示例丁', ...day } })
  }
  await bridge.call('stage_move', { request: { compound: id, stage: 9, person: '示例丁', remark: '', ...day } })
  await page.reload()
  const row = office.main.getByRole('row').filter({ hasText: '五交化家属院' }).first()
  await expect(row).toContainText('业主·联系电话')
  await row.locator('label.el-checkbox').click()
  await picture(page, 'erasure-chosen')
  await office.main.getByRole('button', { name: '归档和销毁（1 个小区）…' }).click()

  const keeping = page.getByRole('dialog', { name: '第一步　归档' })
  await expect(keeping.getByRole('status')).toContainText('至少 8 个字')
  await keeping.getByLabel('归档密码').fill('海棠 书桌 雨伞')
  await keeping.getByLabel('再输一次').fill('海棠 书桌 雨伞')
  await picture(page, 'erasure-archive')
  const archive = bridge.file('归档 示例.jgdb')
  await bridge.answerDialog(archive)
  await keeping.getByRole('button', { name: '归档，下一步' }).click()
  await expect(office.notice('已归档到')).toBeVisible()

  const erasing = page.getByRole('dialog', { name: '第二步　销毁' })
  await expect(erasing).toContainText('业主·联系电话')
  const act = erasing.getByRole('button', { name: '销毁…' })
  await expect(act).toBeDisabled()
  await erasing.getByLabel('理由').fill('验收满三年，保存期限已到')
  await erasing.getByLabel('照写“确认销毁”').fill('确认销毁')
  await picture(page, 'erasure-asked')
  await act.click()
  await office.question('最后再问一次：彻底销毁？').getByRole('button', { name: '彻底销毁' }).click()
  await expect(office.notice('已销毁 1 个小区的个人信息')).toBeVisible()

  await expect(office.main).toContainText('份备份是销毁以前做的')
  await expect(office.main).toContainText('验收满三年，保存期限已到')
  await picture(page, 'erasure-done')
  await office.main.getByRole('button', { name: '删除这些备份…' }).click()
  await office.question('删除销毁以前的备份').getByRole('button', { name: '删除', exact: true }).click()
  await expect(office.notice('已删除')).toBeVisible()
  await expect(office.main).not.toContainText('份备份是销毁以前做的')

  expect(await office.count('dwelling')).toBe(dwellings)
  expect(await office.count('owner')).toBe(owners)
  expect(await office.texts('owner', 'name')).toContain('业主1')
  expect((await office.texts('owner', 'phone')).filter((phone) => phone !== '')).toEqual([])
  await office.go('操作记录')
  await expect(office.main).toContainText('销毁个人信息：')

  // The copy that was put away opens with its own password and has the names.
  await office.go('设置')
  await bridge.answerDialog(archive)
  await office.main.getByRole('button', { name: '打开另一本账' }).click()
  const question = office.question('这本账设了密码')
  await question.getByPlaceholder('密码').fill('海棠 书桌 雨伞')
  await question.getByRole('button', { name: '打开' }).click()
  await expect.poll(async () => (await office.texts('owner', 'phone')).filter((phone) => phone !== '').length).toBeGreaterThan(0)
})
