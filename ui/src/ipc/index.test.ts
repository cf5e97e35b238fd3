import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { afterEach, describe, expect, it } from 'vitest'

import { AppError, api, isCancelled } from '.'

afterEach(clearMocks)

const refused = (error: unknown) => {
  mockIPC(() => {
    throw error
  })
  return api.ledgerStatus().then(
    () => null,
    (cause: unknown) => cause,
  )
}

describe('api', () => {
  it('gives the value and names the arguments', async () => {
    const sent: unknown[] = []
    mockIPC((cmd, args) => {
      sent.push([cmd, args])
      return []
    })
    expect(await api.historyList(null, 100)).toEqual([])
    expect(sent).toEqual([['history_list', { before: null, limit: 100 }]])
  })

  it('throws a refusal in its own words', async () => {
    const words = { code: 'inUse', title: '台账正被使用', message: '另一台电脑开着它。', nextStep: '请先关掉那边。' }
    const cause = await refused(words)
    expect(cause).toBeInstanceOf(AppError)
    expect(cause).toMatchObject(words)
  })

  it('never shows what the machine said', async () => {
    for (const cause of [new Error('boom'), 'panicked at src/main.rs', { odd: true }]) {
      const found = (await refused(cause)) as AppError
      expect(found.code).toBe('internal')
      expect(found.title + found.message + found.nextStep).not.toMatch(/[a-z]/i)
    }
  })

  it('knows a closed dialog', async () => {
    expect(isCancelled(await refused({ code: 'cancelled', title: '', message: '', nextStep: '' }))).toBe(true)
    expect(isCancelled(await refused({ code: 'inUse', title: '', message: '', nextStep: '' }))).toBe(false)
  })
})
