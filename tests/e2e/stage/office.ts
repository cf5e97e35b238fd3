/** People's gestures, by the words on the screen. */
import { expect, type Locator, type Page } from '@playwright/test'

import type { Bridge } from './bridge.ts'
import { Grid } from './grid.ts'
import { InputMethod } from './keyboard.ts'

export class Office {
  readonly menu: Locator
  readonly main: Locator
  readonly undo: Locator
  readonly redo: Locator
  readonly inputMethod: InputMethod
  /** The compound that counts and texts are read of; none for the whole ledger. */
  private compound: string | null = null

  constructor(
    readonly page: Page,
    readonly bridge: Bridge,
  ) {
    this.menu = page.getByRole('navigation', { name: '主菜单' })
    this.main = page.getByRole('main')
    this.undo = page.getByRole('button', { name: '撤销', exact: true })
    this.redo = page.getByRole('button', { name: '重做', exact: true })
    this.inputMethod = new InputMethod(page)
  }

  /** Starts the application: on a fresh data folder it shows the sample ledger. */
  async start(): Promise<void> {
    await this.page.goto(this.bridge.url)
    await expect(this.menu).toBeVisible()
  }

  /** Starts the application and opens the sample's compound of 307 households. */
  async enter(): Promise<void> {
    await this.start()
    await this.main.getByRole('link', { name: '五交化家属院' }).click()
    await expect(this.main.getByRole('heading', { level: 1 })).toContainText('五交化家属院')
    const rows = await this.bridge.call<{ id: string; name: string }[]>('overview_get')
    this.compound = rows.find((row) => row.name === '五交化家属院')?.id ?? null
  }

  /** Opens a screen from the menu, and waits until it has taken the place of the one before. */
  async go(screen: string): Promise<void> {
    const link = this.menu.getByRole('link', { name: screen, exact: true })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
  }

  /** Opens the grid of a kind from the menu. */
  async ledger(label: string): Promise<Grid> {
    await this.go(label)
    return new Grid(this.page, this.page.getByRole('group', { name: `${label}台账` }))
  }

  /** A sentence in the corner about what was done. */
  notice(words: string | RegExp): Locator {
    return this.page.locator('.notice').filter({ hasText: words })
  }

  /** A question before something that matters. */
  question(title: string): Locator {
    return this.page.getByRole('dialog', { name: title })
  }

  /** Marks one of several choices: pressed where its words stand, once the dialog has come to rest. */
  async choose(within: Locator, words: string): Promise<void> {
    const choice = within.locator('label.el-radio').filter({ hasText: words }).first()
    await choice.click()
    await expect(choice.getByRole('radio')).toBeChecked()
  }

  /** The record panel at the right. */
  get panel(): Locator {
    return this.page.locator('.record-panel')
  }

  /** Saves the form of a record, and closes the panel once it is stored. */
  async save(): Promise<void> {
    await this.panel.getByRole('button', { name: '保存' }).click()
    await expect(this.panel.getByRole('tab', { name: '历史' })).toBeVisible()
    await expect(this.panel.getByText('没有改动', { exact: true })).toBeVisible()
    await this.page.keyboard.press('Escape')
    await expect(this.panel).toBeHidden()
  }

  /** What stands in the ledger, read past the UI. */
  async count(kind: string): Promise<number> {
    const totals = await this.bridge.call<{ count: number }>('record_totals', {
      query: { kind, compound: this.compound, search: '', filters: [], sort: [] },
    })
    return totals.count
  }

  /** Texts of all rows of one field, read past the UI. */
  async texts(kind: string, field: string, search = ''): Promise<string[]> {
    const kinds = await this.bridge.call<{ kind: string; fields: { code: string }[] }[]>('kind_list')
    const at = kinds.find((one) => one.kind === kind)?.fields.findIndex((one) => one.code === field) ?? -1
    if (at < 0) throw new Error(`no field ${kind}.${field}`)
    const window = await this.bridge.call<{ rows: { cells: string[] }[] }>('record_window', {
      query: { kind, compound: this.compound, search, filters: [], sort: [] },
      offset: 0,
      limit: 500,
    })
    return window.rows.map((row) => row.cells[at] ?? '')
  }
}
