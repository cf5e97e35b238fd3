import { expect, it } from 'vitest'

import type { ReportDocument } from '@/ipc'

import { choices, groups } from './model'

const document = (title: string, group: string): ReportDocument => ({ code: 'D6', number: '', title, group, note: '' })

it('keeps documents under their headings in the order in which they come', () => {
  const grouped = groups([document('一页纸', '方案'), document('调查表', '走访'), document('公示', '方案')])
  expect(grouped.map((group) => [group.title, ...group.documents.map((one) => one.title)])).toEqual([
    ['方案', '一页纸', '公示'],
    ['走访', '调查表'],
  ])
})

it('gives the choices of a request that were made', () => {
  expect(choices({ document: 'D6', compound: 'c', plan: 'p', building: null, day: '' })).toEqual({ plan: 'p' })
})
