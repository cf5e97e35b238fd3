import { writeFile } from 'node:fs/promises'

import { expectAccessible, picture } from '../stage/inspection.ts'
import { expect, test } from '../stage/test.ts'

test('photos are pasted, said more about, compared by viewpoint, and undone', async ({ bridge, office, page }) => {
  await office.enter()
  await office.main.getByRole('button', { name: '修改小区情况' }).click()
  const panel = page.getByRole('dialog', { name: '五交化家属院' })
  await panel.getByRole('tab', { name: '照片与附件' }).click()
  await expect(panel).toContainText('还没有照片和附件')

  /** A house drawn in the page, handed over as a person would. */
  const hand = (how: 'paste' | 'drop', name: string, wall: string) => page.evaluate(async ([how, name, wall]) => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')!
    const box = (colour: string, ...place: [number, number, number, number]) => { pen.fillStyle = colour; pen.fillRect(...place) }
    box('#c9dbe8', 0, 0, 640, 300)
    box('#8d8f86', 0, 300, 640, 180)
    box(wall!, 120, 90, 400, 250)
    for (let row = 0; row < 3; row += 1) for (let col = 0; col < 5; col += 1) box('#eef3f6', 150 + col * 72, 115 + row * 70, 44, 44)
    const blob = await new Promise<Blob>((resolve) => { canvas.toBlob((made) => { resolve(made!) }, 'image/png') })
    const data = new DataTransfer()
    data.items.add(new File([blob], name!, { type: 'image/png' }))
    if (how === 'paste') window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    else document.querySelector('.attachments')!.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    return [...new Uint8Array(await blob.arrayBuffer())]
  }, [how, name, wall] as const)

  const cards = panel.getByRole('list', { name: '照片与附件' }).getByRole('listitem')
  await hand('paste', '东门前.png', '#7a6a55')
  await expect(cards).toHaveCount(1)
  await hand('paste', '东门前.png', '#7a6a55')
  await expect(panel.getByRole('alert')).toContainText('已经有了')
  await hand('drop', '东门后.png', '#c08a4a')
  await expect(cards).toHaveCount(2)
  for (const [at, stage] of [[0, '改造前'], [1, '改造后']] as const) {
    await cards.nth(at).getByLabel('阶段').selectOption(stage)
    await expect(cards.nth(at).getByLabel('阶段')).toHaveValue(at === 0 ? 'before' : 'after')
    await cards.nth(at).getByLabel('机位').fill('东门口朝西')
    await cards.nth(at).getByLabel('机位').press('Tab')
  }
  await picture(page, 'photos-1-panel')

  await cards.nth(0).getByRole('button', { name: /^放大/ }).click()
  const view = page.getByRole('dialog', { name: /^照片/ })
  await expect(view).toContainText('第 1 张，共 2 张')
  await page.keyboard.press('ArrowRight')
  await expect(view).toContainText('第 2 张，共 2 张')
  await picture(page, 'photos-2-large')
  await page.keyboard.press('Escape')
  await expect(view).toHaveCount(0)

  await panel.getByRole('button', { name: '关闭', exact: true }).click()
  await office.go('照片')
  const pairs = office.main.getByRole('table', { name: '按机位对比' })
  await expect(pairs.getByRole('row')).toHaveCount(2)
  await expect(pairs.getByRole('img')).toHaveCount(2)
  await picture(page, 'photos-3-pairs')

  // A gap is filled beside its pair; what is no photo is told.
  const during = bridge.file('施工中.png')
  await writeFile(during, Buffer.from(await hand('paste', '', '#9aa0a6')))
  await bridge.answerDialog(during)
  await pairs.getByRole('button', { name: '添加…' }).click()
  await expect(pairs.getByRole('img')).toHaveCount(3)
  await page.keyboard.press('Control+z')
  await expect(pairs.getByRole('img')).toHaveCount(2)
  const words = bridge.file('说明.docx')
  await writeFile(words, 'PK and so on')
  await bridge.answerDialog(words)
  await pairs.getByRole('button', { name: '添加…' }).click()
  await expect(office.main.getByRole('alert')).toContainText('不是能用的照片')

  // The sheet of photos, on the screen and as a file.
  await office.main.getByRole('button', { name: '打印照片对照表' }).click()
  await expect(office.main.getByRole('img', { name: '照片对照表第 1 页' })).toBeVisible()
  await expect(office.main).toContainText('没有问题，可以打印。')
  await picture(page, 'photos-4-sheet')
  await expectAccessible(page)
  const pdf = bridge.file('照片.pdf')
  await bridge.answerDialog(pdf)
  await office.main.getByRole('button', { name: '保存 PDF' }).click()
  await expect.poll(() => bridge.head(pdf, 4)).toBe('%PDF')
  await office.main.getByRole('button', { name: '打印', exact: true }).click()
  await expect.poll(async () => (await bridge.printed()).join()).toContain('照片对照表')
  await office.main.getByRole('button', { name: '回到照片' }).click()

  // Removed by mistake: the recycle bin has it.
  await office.main.getByRole('button', { name: '打开小区记录' }).click()
  await panel.getByRole('tab', { name: '照片与附件' }).click()
  await cards.nth(0).getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog', { name: '删除' }).getByRole('button', { name: '删除' }).click()
  await expect(cards).toHaveCount(1)
  await panel.getByRole('button', { name: '关闭', exact: true }).click()
  await office.go('回收站')
  await expect(office.main.getByRole('table', { name: '删除的照片与附件' }).getByRole('row')).toHaveCount(2)
  await picture(page, 'photos-5-recycle')
  await office.main.getByRole('button', { name: '恢复' }).click()
  await office.go('照片')
  await expect(pairs.getByRole('img')).toHaveCount(2)

  // What came and went stands in the history of the record; emptied for good, it does not come back.
  await office.main.getByRole('button', { name: '打开小区记录' }).click()
  await panel.getByRole('tab', { name: /历史/ }).click()
  await expect(panel.getByText(/恢复 照片与附件/)).toBeVisible()
  await expect(panel.getByText(/张照片或附件/).first()).toBeVisible()
  await picture(page, 'photos-6-history')
  await panel.getByRole('tab', { name: '照片与附件' }).click()
  await cards.nth(0).getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog', { name: '删除' }).getByRole('button', { name: '删除' }).click()
  await expect(cards).toHaveCount(1)
  await panel.getByRole('button', { name: '关闭', exact: true }).click()
  await office.go('回收站')
  await office.main.getByRole('button', { name: '彻底删除这些照片…' }).click()
  await page.getByRole('dialog', { name: '彻底删除' }).getByRole('button', { name: '彻底删除' }).click()
  await expect(page.getByText(/已彻底删除 1 张，腾出/)).toBeVisible()
  await expect(office.main.getByRole('table', { name: '删除的照片与附件' })).toHaveCount(0)
  await picture(page, 'photos-7-emptied')
})
