import { describe, expect, it } from 'vitest'

import { Pages } from './pages'

function list(total: number) {
  const reads: number[] = []
  const queue: (() => void)[] = []
  let text = 'row'
  let arrivals = 0
  const pages = new Pages<string>(
    (offset, limit) => {
      reads.push(offset)
      const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => `${text}${offset + i}`)
      return Promise.resolve({ total, rows })
    },
    () => (arrivals += 1),
    (cause) => {
      throw cause
    },
    (run) => queue.push(run),
    100,
  )
  return {
    pages,
    reads,
    rename: (word: string) => (text = word),
    arrivals: () => arrivals,
    settle: async () => {
      for (const run of queue.splice(0)) run()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

describe('Pages', () => {
  it('reads the first page and tells the total', async () => {
    const { pages } = list(300_000)
    await pages.restart()
    expect(pages.total).toBe(300_000)
    expect(pages.row(7)).toBe('row7')
  })

  it('reads a page once when its rows are drawn', async () => {
    const { pages, reads, settle } = list(300_000)
    await pages.restart()
    expect(pages.row(250_042)).toBeUndefined()
    expect(pages.row(250_043)).toBeUndefined()
    await settle()
    expect(pages.row(250_042)).toBe('row250042')
    await settle()
    expect(reads).toEqual([0, 250_000])
  })

  it('reads the page beyond before it is reached', async () => {
    const { pages, reads, settle } = list(300_000)
    await pages.restart()
    pages.row(55)
    await settle()
    expect(reads).toEqual([0])
    pages.row(60)
    pages.row(61)
    await settle()
    expect(reads).toEqual([0, 100])
    expect(pages.peek(199)).toBe('row199')
    pages.row(99)
    await settle()
    expect(reads).toEqual([0, 100])
  })

  it('reads only what was drawn last when scrolling fast', async () => {
    const { pages, reads, settle } = list(300_000)
    for (let row = 0; row < 200_000; row += 1000) pages.row(row)
    await settle()
    expect(reads).toEqual([199_000, 198_000, 197_000])
  })

  it('keeps rows visible while they are read again', async () => {
    const { pages, rename, settle } = list(500)
    await pages.restart()
    rename('new')
    const again = pages.refresh()
    expect(pages.row(3)).toBe('row3')
    await again
    await settle()
    expect(pages.row(3)).toBe('new3')
  })

  it('drops answers that come after the list changed', async () => {
    const answers: ((page: { total: number; rows: string[] }) => void)[] = []
    const pages = new Pages<string>(
      () => new Promise((resolve) => answers.push(resolve)),
      () => {},
      () => {},
      (run) => run(),
    )
    const old = pages.restart()
    const current = pages.restart()
    answers[1]?.({ total: 1, rows: ['current'] })
    answers[0]?.({ total: 9, rows: ['old'] })
    await Promise.all([old, current])
    expect([pages.total, pages.peek(0)]).toEqual([1, 'current'])
  })

  it('forgets pages that were read long ago', async () => {
    const { pages, settle } = list(300_000)
    await pages.restart()
    for (let page = 1; page <= 45; page += 1) {
      pages.row(page * 100)
      await settle()
    }
    expect(pages.peek(0)).toBeUndefined()
    expect(pages.peek(4500)).toBe('row4500')
  })

  it('fills a range for copying', async () => {
    const { pages } = list(1000)
    const rows = await pages.range(95, 305)
    expect(rows[0]).toBe('row95')
    expect(rows[210]).toBe('row305')
  })

  it('gives a range that is longer than what is kept', async () => {
    const { pages } = list(9_000)
    await pages.restart()
    const rows = await pages.range(50, 8_949)
    expect(rows).toHaveLength(8_900)
    expect(rows.every((row, at) => row === `row${at + 50}`)).toBe(true)
  })
})
