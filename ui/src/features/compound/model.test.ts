import { describe, expect, it } from 'vitest'

import type { CompoundRow } from '@/ipc'

import { byStage, matching, progress, sums } from './model'

const row = (name: string, more: Partial<CompoundRow> = {}): CompoundRow => ({
  id: name,
  name,
  community: '红旗社区',
  stage: '摸底',
  stageIndex: 1,
  buildings: 3,
  dwellings: 1307,
  households: 307,
  people: 1100,
  grossFloorArea: '',
  outbuildingRooms: 22,
  responsible: '',
  alerts: [],
  ...more,
})

describe('sums', () => {
  it('adds up and groups thousands', () => {
    expect(sums([row('甲'), row('乙')]).map((one) => `${one.label}${one.value}${one.unit}`)).toEqual([
      '小区2个',
      '楼栋6栋',
      '房屋2,614套',
      '住户614户',
      '人口2,200人',
      '待拆附属房与违建44间',
    ])
  })
})

describe('matching', () => {
  const rows = [row('五交化家属院'), row('棉纺厂家属院', { community: '建设社区', stage: '施工' })]
  it('looks in names and communities', () => {
    expect(matching(rows, ' 建设 ', '').map((one) => one.name)).toEqual(['棉纺厂家属院'])
    expect(matching(rows, '', '摸底').map((one) => one.name)).toEqual(['五交化家属院'])
    expect(matching(rows, '棉纺', '摸底')).toEqual([])
  })
})

describe('progress', () => {
  it('counts the first stage as begun and the last as done', () => {
    expect([progress(0), progress(11), progress(null)]).toEqual([8, 100, null])
  })
})

describe('byStage', () => {
  it('counts every stage, also those where nobody stands', () => {
    const rows = [row('甲'), row('乙'), row('丙', { stageIndex: null })]
    expect(byStage(rows, ['入库', '摸底', '意愿征询']).map((one) => one.count)).toEqual([0, 2, 0])
  })
})
