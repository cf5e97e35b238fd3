import { expect, test } from 'vitest'

import type { RecordGroups } from '@/ipc'

import { MOST_GROUPS, subtotalsOf } from './useGroups'

const found: RecordGroups = {
  heads: ['建筑面积（㎡）'],
  fields: ['grossFloorArea'],
  total: 10,
  groups: Array.from({ length: 10 }, (_, at) => ({
    label: `${at + 1}号楼`,
    count: 1200,
    sums: [`${at}.50`],
    filter: { field: 'building', values: [`${at + 1}号楼`] } as unknown as RecordGroups['groups'][number]['filter'],
  })),
}
const labels = (here: string | null) => subtotalsOf(found, '套', here).map((one) => one.label.split(' ')[0])

test('the groups around the row with the focus stand at the foot', () => {
  expect(labels(null)).toEqual(['1号楼', '2号楼', '3号楼', '4号楼', '5号楼', '6号楼'])
  expect(labels('5号楼')).toEqual(['2号楼', '3号楼', '4号楼', '5号楼', '6号楼', '7号楼'])
  expect(labels('10号楼')).toHaveLength(MOST_GROUPS)
  expect(labels('10号楼').at(-1)).toBe('10号楼')
  const here = subtotalsOf(found, '套', '5号楼').filter((one) => one.here)
  expect(here).toEqual([{ label: '5号楼 1,200 套', sums: { grossFloorArea: '4.50' }, here: true }])
})

test('few groups are all shown', () => {
  expect(subtotalsOf({ ...found, groups: found.groups.slice(0, 2) }, '套', '2号楼')).toHaveLength(2)
})
