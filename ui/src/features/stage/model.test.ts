import { expect, it } from 'vitest'

import { mending } from './model'

it('leads to where a condition is mended', () => {
  expect(mending('plan', 'x')).toEqual({ label: '去改造方案', to: '/compound/x/plan' })
  expect(mending('ledger:opinion', 'x')).toEqual({ label: '去方案意见', to: '/compound/x/ledger/opinion' })
  expect(mending('compound:feeRate', 'x')).toEqual({ label: '填小区情况', field: 'feeRate' })
  expect(mending('planRecord', 'x').planRecord).toBe(true)
})
