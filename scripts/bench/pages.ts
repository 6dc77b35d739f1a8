import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { DemoFile } from '@/db/demo/demo-file'
import { hashPassword, verifyPassword } from '@/lib/session/passwords'
import { scriptArgs } from '../launcher/children'
import { ROOT } from '../launcher/config'
import { loadKeys } from '../launcher/keys'
import { Visitor } from '../testing/form'
import type { Service } from '../testing/service'
import { type Rate, rateOf, scriptsOf } from './measure'
import { print, ratio, words } from './print'

const CONNECTIONS = 8
const SECONDS = Number(process.env.BENCH_SECONDS || 6)
/** Made per request like the others, with nothing of the company on it: what a page costs at the least. */
const EMPTY = '/outage'
const PAGES = ['/personal', '/personal/ledger', '/personal/readings']
/** Pages whose queries the bare server runs as well. */
const BARE = ['/personal', '/personal/ledger']

/** What a visitor waits for, beside an empty page of the same build and bare node:http with the same queries. */
export async function benchPages(service: Service, demo: DemoFile): Promise<void> {
  await signIns(service, demo.subscriber)
  const visitor = new Visitor(service.url)
  await visitor.signIn(demo.subscriber)
  const empty = await pageRate(service.url, visitor, EMPTY)
  const bare = await bareRates(service, demo, visitor)
  print(`${EMPTY} /s`, words(empty))
  for (const page of PAGES) {
    const rate = await pageRate(service.url, visitor, page)
    print(`${page} /s`, words(rate))
    print('  against the empty page', ratio(rate.perSecond / empty.perSecond, '≥ 0.6'))
    const beside = bare.get(page)
    if (!beside) continue
    print('  bare node:http with the same queries /s', words(beside))
    print('  against it', ratio(rate.perSecond / beside.perSecond, '≥ 0.12'))
  }
  await scripts(service, visitor)
}

async function signIns(service: Service, person: { login: string; password: string }): Promise<void> {
  const stored = await hashPassword(person.password)
  const bare = await rateOf(async () => void (await verifyPassword(person.password, stored)), 2, SECONDS)
  const visitor = new Visitor(service.url)
  const page = await (await visitor.get('/personal/login')).text()
  const login = async () => {
    const answer = await visitor.send('/personal/login', page, person)
    if (answer.status !== 303) throw new Error(`signing in was answered ${answer.status}`)
    await answer.arrayBuffer()
  }
  const rate = await rateOf(login, 2, SECONDS)
  print('sign-ins /s', words(rate))
  print('  bare argon2 verify /s', words(bare))
  print('  against it', ratio(rate.perSecond / bare.perSecond, '≥ 0.8'))
}

async function scripts(service: Service, visitor: Visitor): Promise<void> {
  const sizeOf = async (page: string) => scriptsOf(service.url, await (await visitor.get(page)).text())
  const empty = await sizeOf(EMPTY)
  for (const page of [...PAGES, '/personal/request', '/personal/login']) {
    const size = await sizeOf(page)
    print(
      `${page} scripts, kB gzipped`,
      `${size.toFixed(0)}, ${(size - empty).toFixed(0)} over the empty page`,
    )
  }
}

async function pageRate(origin: string, visitor: Visitor, page: string): Promise<Rate> {
  const headers = visitor.headers()
  const load = async () => {
    const answer = await fetch(origin + page, { headers, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${page} was answered ${answer.status}`)
    await answer.arrayBuffer()
  }
  await rateOf(load, CONNECTIONS, 2)
  return rateOf(load, CONNECTIONS, SECONDS)
}

/** Starts the bare server on the service's database and secrets, and measures it. */
async function bareRates(service: Service, demo: DemoFile, visitor: Visitor): Promise<Map<string, Rate>> {
  const child = spawn(process.execPath, scriptArgs('scripts/bench/baseline.ts'), {
    cwd: ROOT,
    env: {
      ...process.env,
      ...loadKeys(service.dataDir, { NODE_ENV: 'production' }),
      DATABASE_URL: demo.databaseUrl,
      PUBLIC_URL: service.url,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  try {
    if (!child.stdout) throw new Error('no output')
    const [port] = await once(createInterface(child.stdout), 'line')
    const rates = new Map<string, Rate>()
    for (const page of BARE) rates.set(page, await pageRate(`http://127.0.0.1:${port}`, visitor, page))
    return rates
  } finally {
    child.kill()
  }
}
