import { readFile, writeFile } from 'node:fs/promises'

import { expect, test } from '../stage/test.ts'

test('a damaged ledger is told in plain words and comes back from its newest backup', async ({ bridge, office, page }) => {
  await office.start()
  const ledger = bridge.file('文明社区.jgdb')
  await bridge.answerDialog(ledger)
  await bridge.call('ledger_create')
  const named = [{ field: 'name', text: '示例家属院' }]
  const edits = { kind: 'compound', compound: null, gesture: 'edit', edits: [{ id: null, cells: named }] }
  await bridge.call('record_edit', { edits })
  await bridge.call('backup_create')
  await bridge.call('ledger_open_sample')
  const whole = await readFile(ledger)
  await writeFile(ledger, whole.subarray(0, whole.length / 2))

  await page.reload()
  await office.go('设置')
  await bridge.answerDialog(ledger)
  await office.main.getByRole('button', { name: '打开另一本账' }).click()
  const question = office.question('台账文件已损坏')
  await expect(question).toContainText('最近一份完好的备份')
  await question.getByRole('button', { name: '从最近的备份恢复' }).click()
  await expect(office.main.getByRole('link', { name: '示例家属院' })).toBeVisible()
})
