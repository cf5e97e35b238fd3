import { describe, expect, it } from 'vitest'

import type { ErasureCompound } from '@/ipc'

import { dueBefore, sortsOf } from './erasure'

function compound(name: string, acceptedOn: string | null, due: boolean, phones: number): ErasureCompound {
  const parts = [{ label: '业主·联系电话', sensitive: false, count: phones }]
  return { id: name, name, stage: '', acceptedOn, due, parts, count: phones }
}

const all = [compound('甲院', '2021-05-01', true, 3), compound('乙院', null, true, 4), compound('丙院', '2020-01-01', false, 5)]

describe('what is to be erased', () => {
  it('adds the sorts of several compounds', () => {
    expect(sortsOf(all).map((sort) => [sort.label, sort.count])).toEqual([['业主·联系电话', 12]])
    expect(sortsOf([])).toEqual([])
  })

  it('offers only what is due, and by a day only what has one', () => {
    expect(dueBefore(all, '').map((one) => one.name)).toEqual(['甲院', '乙院'])
    expect(dueBefore(all, '2022-01-01').map((one) => one.name)).toEqual(['甲院'])
    expect(dueBefore(all, '2021-05-01')).toEqual([])
  })
})
