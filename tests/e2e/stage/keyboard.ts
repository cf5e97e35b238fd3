/** Keys as Windows sends them while a Chinese input method is on. */
import type { CDPSession, Page } from '@playwright/test'

export class InputMethod {
  private session: CDPSession | null = null

  constructor(private readonly page: Page) {}

  /**
   * Types letters, sees candidates, takes one with the space bar. Windows reports every key as 229 `Process`; the
   * page learns the text from composition events alone.
   */
  async compose(letters: string, result: string): Promise<void> {
    const session = await this.open()
    for (let length = 1; length <= letters.length; length += 1) {
      const letter = letters.charAt(length - 1)
      await this.process(session, `Key${letter.toUpperCase()}`)
      await session.send('Input.imeSetComposition', {
        text: letters.slice(0, length),
        selectionStart: length,
        selectionEnd: length,
      })
      await this.release(session, letter, `Key${letter.toUpperCase()}`, letter.toUpperCase().charCodeAt(0))
    }
    await this.process(session, 'Space')
    await session.send('Input.insertText', { text: result })
    await this.release(session, ' ', 'Space', 32)
  }

  /** A key that the input method keeps for itself while candidates are shown. */
  async keyInsideComposition(letters: string, code: string, result: string): Promise<void> {
    const session = await this.open()
    await this.process(session, `Key${letters.charAt(0).toUpperCase()}`)
    await session.send('Input.imeSetComposition', {
      text: letters,
      selectionStart: letters.length,
      selectionEnd: letters.length,
    })
    await this.process(session, code)
    await session.send('Input.insertText', { text: result })
  }

  /** Letters whose candidates are still shown. */
  async leaveOpen(letters: string): Promise<void> {
    const session = await this.open()
    await this.process(session, `Key${letters.charAt(0).toUpperCase()}`)
    await session.send('Input.imeSetComposition', {
      text: letters,
      selectionStart: letters.length,
      selectionEnd: letters.length,
    })
  }

  private async open(): Promise<CDPSession> {
    this.session ??= await this.page.context().newCDPSession(this.page)
    return this.session
  }

  private async process(session: CDPSession, code: string): Promise<void> {
    await session.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      code,
      windowsVirtualKeyCode: 229,
      nativeVirtualKeyCode: 229,
    })
  }

  private async release(session: CDPSession, key: string, code: string, virtual: number): Promise<void> {
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      key,
      code,
      windowsVirtualKeyCode: virtual,
    })
  }
}

/** Puts text on the clipboard and pastes it where the focus is, as a spreadsheet program would. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((plain) => {
    const clipboard = new DataTransfer()
    clipboard.setData('text/plain', plain)
    const target = document.activeElement ?? document.body
    target.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true, composed: true }),
    )
  }, text)
}
