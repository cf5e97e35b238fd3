import { picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('what those who help need is collected into one file, and the screen says what is in it', async ({ bridge, office }) => {
  await office.start()
  await office.go('设置')
  const card = office.main.locator('section').filter({ has: office.page.getByRole('heading', { name: '技术支持' }) })
  await expect(card).toContainText(bridge.data)
  await expect(card).toContainText(/程序版本\s*\d+\.\d+\.\d+/)
  await expect(card.getByRole('listitem').first()).toBeVisible()
  await expect(card).toContainText('没有姓名、电话')
  await picture(office.page, 'support')

  await card.getByRole('button', { name: '打开文件夹' }).click()
  await expect.poll(() => bridge.printed()).toContain(bridge.data)
  const file = bridge.file('给技术支持.zip')
  await bridge.answerDialog(file)
  await card.getByRole('button', { name: '收集给技术支持的文件…' }).click()
  await expect(office.notice('给技术支持.zip')).toBeVisible()
  await expect.poll(() => bridge.head(file)).toBe('PK')
})

test('the backup of the opening is made beside the work and told when it is done', async ({ bridge, office }) => {
  await office.start()
  const backup = office.page.getByRole('link', { name: /上次备份|正在备份|还没有备份/ })
  await bridge.answerDialog(bridge.file('文明社区.jgdb'))
  await bridge.call('ledger_create')
  await bridge.call('ledger_open_sample')
  await office.page.reload()
  await expect(backup).toContainText(/上次备份 \d\d-\d\d \d\d:\d\d/)
})

test('the print screen says what its button does on this system', async ({ office }) => {
  await office.enter()
  await office.go('打印')
  await expect(office.main).toContainText('点“打印”')
})
