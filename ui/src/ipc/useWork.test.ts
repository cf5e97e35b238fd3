import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { type WorkProgress, api } from '.'

import { useWork } from './useWork'

const importing: WorkProgress = { title: '导入', step: '写入', done: 5, total: 20, mayStop: true }

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  clearMocks()
})

describe('what the window waits for', () => {
  it('is told when it takes long, stopped when asked, and forgotten when it is over', async () => {
    const asked: string[] = []
    let answer: (value: unknown) => void = () => undefined
    mockIPC((cmd) => {
      asked.push(cmd)
      if (cmd === 'work_progress') return importing
      if (cmd === 'work_stop') return true
      return new Promise((resolve) => (answer = resolve))
    })
    let found: ReturnType<typeof useWork> | undefined
    const wrapper = mount({ setup: () => ((found = useWork()), () => null) })
    await vi.advanceTimersByTimeAsync(3000)
    expect(asked).toEqual([])

    const command = api.historyUndo()
    await vi.advanceTimersByTimeAsync(1000)
    expect(found?.work.value).toBeNull()
    await vi.advanceTimersByTimeAsync(1500)
    expect(found?.work.value).toEqual(importing)
    expect(found?.seconds.value).toBe(2)
    await found?.stop()
    expect(found?.stopping.value).toBe(true)

    answer(null)
    await command
    await vi.advanceTimersByTimeAsync(500)
    expect(found?.work.value).toBeNull()
    expect(found?.stopping.value).toBe(false)
    wrapper.unmount()
    asked.length = 0
    await vi.advanceTimersByTimeAsync(3000)
    expect(asked).toEqual([])
  })
})
