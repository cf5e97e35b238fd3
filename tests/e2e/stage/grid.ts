/** A ledger grid as a person works it: one cell has the focus, keys move it, typing replaces its text. */
import { expect, type Locator, type Page } from '@playwright/test'

export class Grid {
  readonly frame: Locator
  /** The one text area that owns the focus; its name is the column and the text of the cell. */
  readonly cell: Locator

  constructor(
    readonly page: Page,
    frame: Locator,
  ) {
    this.frame = frame
    this.cell = frame.locator('.cell-editor textarea')
  }

  /** The text that a cell of the body shows. */
  body(row: number, col: number): Locator {
    return this.frame.locator(`[data-t="rgRow"][data-r="${String(row)}"][data-c="${String(col)}"]`)
  }

  /** Puts the focus on the first cell. */
  async home(): Promise<void> {
    await expect(this.body(0, 0)).toBeVisible()
    await this.body(0, 0).click()
    await this.page.keyboard.press('Control+Home')
    await expect(this.cell).toBeFocused()
  }

  /** Moves the focus along the row to a column, and tells its number. */
  async toColumn(label: string): Promise<number> {
    await this.page.keyboard.press('Home')
    for (let col = 0; col < 60; col += 1) {
      const name = (await this.cell.getAttribute('aria-label')) ?? ''
      if (name.startsWith(`${label}：`)) return col
      await this.page.keyboard.press('ArrowRight')
      await expect.poll(() => this.cell.getAttribute('aria-label'), `a column after “${name}”`).not.toBe(name)
    }
    throw new Error(`no column ${label}`)
  }

  /** The first row, at a column. */
  async to(label: string): Promise<number> {
    await this.home()
    return this.toColumn(label)
  }

  async down(rows: number): Promise<void> {
    for (let row = 0; row < rows; row += 1) await this.page.keyboard.press('ArrowDown')
  }

  /** The cell with the focus is this column and shows this text. */
  async expectCell(label: string, text: string): Promise<void> {
    await expect(this.cell).toHaveAttribute('aria-label', `${label}：${text === '' ? '未填' : text}`)
  }
}
