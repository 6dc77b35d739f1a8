import { spawnSync } from 'node:child_process'
import { chromium } from '@playwright/test'
import { Problem } from '../embedded/problem'
import { ROOT } from '../launcher/config'

const SYSTEM_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']
const CLI = ['node_modules/@playwright/test/cli.js', 'install', 'chromium']

/**
 * Finds a Chromium that starts, or installs one.
 * @returns the path of its program; undefined for the one Playwright brings itself.
 */
export async function findBrowser(): Promise<string | undefined> {
  const given = process.env.CHROMIUM_PATH
  if (given && (await starts(given))) return given
  const found = (await findInstalled()) ?? (await install())
  if (found) return found === 'own' ? undefined : found
  throw new Problem(
    'No Chromium found, and none could be installed. Install one and set CHROMIUM_PATH to its program.',
  )
}

async function findInstalled(): Promise<string | undefined> {
  if (await starts(undefined)) return 'own'
  for (const name of SYSTEM_BROWSERS) {
    const program = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
    if (program && (await starts(program))) return program
  }
  return undefined
}

async function install(): Promise<string | undefined> {
  console.log('No browser on this machine; installing one …')
  if (runs(process.execPath, CLI) && (await starts(undefined))) return 'own'
  if (process.getuid?.() !== 0) return undefined
  runs('apt-get', ['update', '-q'])
  return runs('apt-get', ['install', '-y', '-q', 'chromium']) ? findInstalled() : undefined
}

function runs(command: string, args: string[]): boolean {
  return spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

async function starts(program: string | undefined): Promise<boolean> {
  try {
    const args = ['--no-sandbox', '--disable-gpu']
    const browser = await chromium.launch({ args, ...(program ? { executablePath: program } : {}) })
    await browser.close()
    return true
  } catch {
    return false
  }
}
