import { defineConfig } from '@playwright/test'

/** Chromium stays off the network: the flows need nothing but the bridge on this machine. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  '--no-proxy-server',
]

export default defineConfig({
  testDir: 'specs',
  outputDir: 'out/results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // On a busy build machine a flow that fails is tried once more; it then counts as “flaky” in the summary.
  retries: process.env.CI ? 1 : 0,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.JIUGAI_CHROMIUM ?? '/usr/bin/chromium',
      args: ARGUMENTS,
    },
  },
})
