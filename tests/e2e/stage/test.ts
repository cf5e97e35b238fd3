/** What every flow stands on: a bridge of its own, a page that may not complain, and people's gestures. */
import { expect, test as base } from '@playwright/test'

import { Bridge } from './bridge.ts'
import { Office } from './office.ts'

interface Stage {
  bridge: Bridge
  office: Office
}

export const test = base.extend<Stage>({
  bridge: async ({ browserName: _ }, use) => {
    const bridge = await Bridge.start()
    await use(bridge)
    await bridge.stop()
  },

  office: async ({ page, bridge }, use, info) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
      }
    })
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
    })
    page.on('request', (request) => {
      const address = request.url()
      if (!/^(data|blob|about):|^http:\/\/127\.0\.0\.1:/.test(address)) {
        complaints.push(`asked for something outside of this machine: ${address}`)
      }
    })
    await use(new Office(page, bridge))
    if (info.status !== info.expectedStatus && bridge.log !== '') {
      await info.attach('bridge.log', { body: bridge.log, contentType: 'text/plain' })
    }
    expect(complaints, 'what the page complained about').toEqual([])
  },
})

export { expect }
