import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readDemoFile } from '../db/demo/demo-file'
import { hashPassword, verifyPassword } from '../lib/session/passwords'
import { type Rate, rateOf, scriptsOf } from './bench/measure'
import { Visitor } from './testing/form'
import { Service } from './testing/service'

const CONNECTIONS = 8
const SECONDS = Number(process.env.BENCH_SECONDS || 6)
/** Made per request like the others, with nothing of the company on it: what a page costs at the least. */
const EMPTY = '/outage'
const PAGES = ['/personal', '/personal/ledger', '/personal/readings']

/** Prints what a visitor waits for, beside an empty page of the same build; figures of one run belong together. */
async function bench(): Promise<void> {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'kabinet-bench-'))
  const began = performance.now()
  const service = await Service.start(path.join(parent, 'data'), { LOG_LEVEL: 'error' })
  try {
    print('start, demo company and build included, s', seconds(performance.now() - began))
    const demo = readDemoFile(service.dataDir)
    if (!demo) throw new Error('no demo company to measure')
    await signIns(service, demo.subscriber)
    await pages(service, demo.subscriber)
  } finally {
    await service.stop()
    rmSync(parent, { recursive: true, force: true })
  }
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
  print('sign-ins /s', `${words(await rateOf(login, 2, SECONDS))}; bare argon2 verify ${words(bare)}`)
}

async function pages(service: Service, person: { login: string; password: string }): Promise<void> {
  const visitor = new Visitor(service.url)
  await visitor.signIn(person)
  const empty = await pageRate(service, visitor, EMPTY)
  const emptyScripts = await scriptSize(service, visitor, EMPTY)
  print(`${EMPTY} /s`, words(empty))
  for (const page of PAGES) {
    const rate = await pageRate(service, visitor, page)
    print(`${page} /s`, `${words(rate)}; ${(rate.perSecond / empty.perSecond).toFixed(2)} of the empty page`)
  }
  for (const page of [...PAGES, '/personal/request', '/personal/login']) {
    const size = await scriptSize(service, visitor, page)
    print(
      `${page} scripts, kB gzipped`,
      `${size.toFixed(0)}, ${(size - emptyScripts).toFixed(0)} over the empty page`,
    )
  }
}

async function pageRate(service: Service, visitor: Visitor, page: string): Promise<Rate> {
  const headers = visitor.headers()
  const load = async () => {
    const answer = await fetch(service.url + page, { headers, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${page} was answered ${answer.status}`)
    await answer.arrayBuffer()
  }
  await rateOf(load, CONNECTIONS, 2)
  return rateOf(load, CONNECTIONS, SECONDS)
}

async function scriptSize(service: Service, visitor: Visitor, page: string): Promise<number> {
  return scriptsOf(service.url, await (await visitor.get(page)).text())
}

function words({ perSecond, p50, p95 }: Rate): string {
  return `${perSecond.toFixed(0)} (p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms)`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}

function print(what: string, figure: string): void {
  console.log(`${what.padEnd(46)} ${figure}`)
}

await bench()
