import { describe, expect, it } from 'vitest'

import type { WorkItemRow } from '@/ipc'

import { ASSETS, type Asset, byVerb, effectForm, fen, inTenThousands } from './effects'

const item = (verb: string, estimate: string): WorkItemRow => ({
  id: verb + estimate,
  verb,
  number: '',
  class: '基础类',
  revolution: '',
  essential: true,
  name: '',
  place: '',
  quantity: '',
  price: '',
  decision: '',
  problems: 0,
  wishes: 0,
  order: [],
  estimate,
  completedOn: '',
  effects: [],
})
const asset = (kind: string) => ASSETS.find((one) => one.kind === kind) as Asset

describe('effectForm', () => {
  it('asks for a name when something is built and for the asset when it is changed', () => {
    expect(effectForm('create', asset('parkingArea'), '东院车位').only[0]).toBe('name')
    expect(effectForm('alter', asset('road'), '道路').only[0]).toBe('road')
  })

  it('fills in what is known', () => {
    expect(effectForm('create', asset('greenSpace'), '补绿').initial).toEqual({
      workItem: '补绿',
      action: '新增',
      assetKind: '绿地',
    })
  })

  it('asks whether a road is a fire lane, and for all that roads are checked by', () => {
    for (const action of ['create', 'alter'] as const) {
      expect(effectForm(action, asset('road'), '道路').only).toEqual(expect.arrayContaining(['fireLane', 'width', 'headGuard', 'heavyEngines']))
    }
  })

  it('asks for a figure only when no asset is touched', () => {
    expect(effectForm('quantity', asset('road'), '修屋面')).toMatchObject({
      only: ['statistic', 'quantity', 'completedOn', 'remark'],
      initial: { action: '工程量' },
    })
  })
})

describe('byVerb', () => {
  it('orders by verb and adds up the estimates', () => {
    const groups = byVerb([item('修', '1,000.50'), item('拆', '20,000'), item('修', '')])
    expect(groups.map((group) => [group.verb, group.items.length, group.estimate])).toEqual([
      ['拆', 1, 2_000_000],
      ['修', 2, 100_050],
    ])
  })
})

describe('amounts', () => {
  it('reads yuan and writes ten thousands', () => {
    expect(fen('120,000.5')).toBe(12_000_050)
    expect(fen('—')).toBe(0)
    expect(inTenThousands(812_400_000)).toBe('812.40')
  })
})
