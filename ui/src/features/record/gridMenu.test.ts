import { describe, expect, it } from 'vitest'

import { gridMenu } from './gridMenu'

const situation = { canWrite: true, rows: 3, column: '用途', record: '套房屋', frozenHere: false, sorted: false, hideable: true }
const codes = (lines: ReturnType<typeof gridMenu>) => lines.flatMap((line) => (line ? [line.code] : []))

describe('gridMenu', () => {
  it('offers nothing that writes in a ledger that is only looked at', () => {
    const shown = codes(gridMenu({ ...situation, canWrite: false }))
    expect(shown).toEqual(expect.arrayContaining(['copy', 'open', 'find', 'groups', 'help']))
    for (const code of ['cut', 'paste', 'clear', 'fillDown', 'fillSeries', 'set', 'insert', 'remove', 'replace']) {
      expect(shown).not.toContain(code)
    }
  })

  it('says how many rows go', () => {
    const lines = gridMenu(situation)
    expect(lines.find((line) => line?.code === 'remove')?.label).toBe('删除这 3 行…')
    expect(gridMenu({ ...situation, rows: 1 }).find((line) => line?.code === 'fillSeries')?.off).toBe(true)
  })

  it('loosens the columns where they are held', () => {
    expect(codes(gridMenu({ ...situation, frozenHere: true }))).toContain('unfreeze')
    expect(codes(gridMenu(situation))).toContain('freeze')
  })
})
