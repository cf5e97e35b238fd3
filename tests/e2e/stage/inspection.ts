/** What every screen must stand: nothing beside the edge, nothing that a screen reader cannot say, a picture. */
import path from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const PICTURES = path.resolve(import.meta.dirname, '../out/screens')

/** A picture under `out/screens/`, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), animations: 'disabled' })
}

/** Nothing makes the page itself scroll sideways; wide tables scroll inside of their frame. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    const scrolls = document.documentElement.scrollWidth
    if (scrolls <= room) return []
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName}.${element.className} ends at ${String(element.getBoundingClientRect().right)}`)
      .concat(`the page is ${String(scrolls)} px wide in ${String(room)} px`)
  })
  expect.soft(wide, 'what sticks out at the right').toEqual([])
}

/** Buttons, headings and fields whose own words are cut off. */
export async function expectNothingCut(page: Page): Promise<void> {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, label, a')]
      .filter((element) => element.offsetParent !== null && element.closest('.data-grid') === null)
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX === 'hidden' && element.title === '')
      .map((element) => `${element.tagName} “${element.innerText}”`),
  )
  expect.soft(cut, 'words that are cut off').toEqual([])
}

/** No serious fault that axe-core knows. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`) }))
  expect.soft(serious, 'serious faults of accessibility').toEqual([])
}
