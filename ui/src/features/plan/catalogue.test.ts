import { describe, expect, it } from 'vitest'

import type { Measure } from '@/ipc'

import { found } from './catalogue'

const measure = (verb: string, name: string, wanted: number, keys: string[]): Measure => ({
  code: name, verb, name, measure: '个', class: '', revolution: '', decision: '', permit: '', statistic: '', prices: [], wanted, keys,
})
const all = [measure('修', '修补破损路面', 3, ['xbpslm']), measure('添', '路灯', 9, ['ludeng', 'ld']), measure('拆', '拆除大排房', 0, ['ccdpf'])]
const names = (typed: string) => found(all, typed).map((one) => one.name)

describe('the catalogue', () => {
  it('begins with what most residents ask for', () => {
    expect(names('')).toEqual(['路灯', '修补破损路面', '拆除大排房'])
  })

  it('finds by hanzi, by initials and by verb', () => {
    expect(names('路')).toEqual(['修补破损路面', '路灯'])
    expect(names('ld')).toEqual(['路灯'])
    expect(names('拆')).toEqual(['拆除大排房'])
    expect(names('没有的')).toEqual([])
  })
})
