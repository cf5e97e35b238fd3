import { describe, expect, it } from 'vitest'

import { readTsv, writeTsv } from './tsv'

describe('readTsv', () => {
  it('reads cells and drops the empty line at the end', () => {
    expect(readTsv('1号楼\t61.20\r\n2号楼\t\r\n')).toEqual([
      ['1号楼', '61.20'],
      ['2号楼', ''],
    ])
  })

  it('keeps line breaks, tabs and quotes inside quoted cells', () => {
    expect(readTsv('"上\r\n下"\t"a\tb"\t"说""好"""\nx\t\t')).toEqual([
      ['上\n下', 'a\tb', '说"好"'],
      ['x', '', ''],
    ])
  })

  it('takes a quote that never closes a cell as plain text', () => {
    expect(readTsv('"6寸管\t好')).toEqual([['"6寸管', '好']])
    expect(readTsv('6"管\t好')).toEqual([['6"管', '好']])
  })

  it('keeps empty lines in the middle', () => {
    expect(readTsv('a\n\nb')).toEqual([['a'], [''], ['b']])
  })

  it('reads nothing from nothing', () => {
    expect(readTsv('')).toEqual([])
  })
})

describe('writeTsv', () => {
  it('comes back as it was', () => {
    const block = [
      ['1号楼', '上\n下', 'a\tb'],
      ['"引"号', '', '6"管'],
    ]
    expect(readTsv(writeTsv(block))).toEqual(block)
  })
})
