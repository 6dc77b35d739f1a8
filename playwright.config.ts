import { readFileSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import { z } from 'zod'
import { prepareWorkerEnvironment } from './tests/support/environment'

process.env.TZ = 'UTC'
prepareWorkerEnvironment()

const { CHROMIUM_PATH, E2E_DEMO_FILE } = process.env

const browser = {
  browserName: 'chromium' as const,
  locale: 'ru-RU',
  timezoneId: 'Europe/Moscow',
  screenshot: 'only-on-failure' as const,
  ...(E2E_DEMO_FILE ? { baseURL: addressIn(E2E_DEMO_FILE) } : {}),
  launchOptions: {
    ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
}
const wide = { ...browser, viewport: { width: 1280, height: 800 } }
const phone = {
  ...browser,
  viewport: { width: 390, height: 844 },
  userAgent: devices['Pixel 7'].userAgent,
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}

export default defineConfig({
  testDir: './tests',
  outputDir: process.env.TEST_OUTPUT_DIR || './test-results',
  globalSetup: './tests/support/global-setup.ts',
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'unit', testMatch: inside('unit', 'guards'), fullyParallel: true },
    { name: 'db', testMatch: inside('db') },
    { name: 'desktop', testMatch: inside('e2e'), testIgnore: /\.phone\.spec\.ts$/, use: wide },
    // The office is worked at a desk.
    { name: 'mobile', testMatch: inside('e2e'), testIgnore: /\.desk\.[\w.]*spec\.ts$/, use: phone },
    // axe waits for ever in a page without JavaScript.
    {
      name: 'no-js',
      testMatch: inside('e2e'),
      testIgnore: /\.(axe|phone)\.spec\.ts$/,
      use: { ...wide, javaScriptEnabled: false },
    },
    { name: 'launcher', testMatch: inside('faults'), workers: 1, timeout: 180_000 },
  ],
})

function inside(...folders: string[]): RegExp {
  return new RegExp(`[\\\\/]tests[\\\\/](${folders.join('|')})[\\\\/].*\\.(spec|test)\\.tsx?$`)
}

function addressIn(demoFile: string): string {
  return z.object({ url: z.string() }).parse(JSON.parse(readFileSync(demoFile, 'utf8'))).url
}
