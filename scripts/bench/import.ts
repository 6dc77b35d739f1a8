import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import copyStreams from 'pg-copy-streams'
import { z } from 'zod'
import type { DemoFile } from '@/db/demo/demo-file'
import { period } from '@/lib/units/period'
import { withClient } from '../embedded/connect'
import { scriptArgs } from '../launcher/children'
import { ROOT } from '../launcher/config'
import { MEMORY } from '../launcher/exchange'
import { loadKeys } from '../launcher/keys'
import { Visitor } from '../testing/form'
import type { Service } from '../testing/service'
import { LINES_OF_ACCOUNT, writeChargesFile, writeCopyFile } from './charges-file'
import { type Rate, rateAt, timed } from './measure'
import { print, ratio, seconds, words } from './print'
import { makeAccounts } from './scale'

const PAGE = '/personal/ledger'
/** A town of twenty thousand accounts, every one looked at within half an hour. */
const PER_SECOND = 10
const CALM_SECONDS = 15
/** Months nobody has anything of yet. */
const [BEFORE, MONTH] = [period('2031-01'), period('2031-02')]
const told = z.object({
  receiveMs: z.number(),
  checkMs: z.number(),
  loadMs: z.number(),
  maxRssMb: z.number(),
})

/**
 * A file of charges of a month after the one before it through rehearsal and commit, beside people who read pages, against
 * COPY of the same rows.
 */
export async function benchImport(service: Service, demo: DemoFile, rows: number): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kabinet-bench-import-'))
  try {
    const at = (name: string) => path.join(folder, name)
    const [earlier, file, copied] = [at('earlier.csv'), at('charges.csv'), at('copy.txt')]
    await writeChargesFile(earlier, BEFORE, rows)
    await writeChargesFile(file, MONTH, rows)
    await writeCopyFile(copied, MONTH, rows)
    await withClient(demo.databaseUrl, async (client) => {
      await makeAccounts(client, 1, Math.ceil(rows / LINES_OF_ACCOUNT))
      await client.query('vacuum analyze accounts')
    })
    await importing(service, demo, earlier).told
    const copyMs = await copyAlone(demo.databaseUrl, copied)
    const readers = new Visitor(service.url)
    await readers.signIn(demo.subscriber)
    const read = reading(service, readers)
    await rateAt(read, PER_SECOND, within(3))
    const before = await rateAt(read, PER_SECOND, within(CALM_SECONDS))
    const running = importing(service, demo, file)
    await running.begun
    const during = await rateAt(read, PER_SECOND, running.goesOn)
    tell(rows, copyMs, await running.told, before, during)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tell(rows: number, copyMs: number, found: z.infer<typeof told>, before: Rate, during: Rate): void {
  const { receiveMs, checkMs, loadMs, maxRssMb } = found
  print(`COPY of ${rows} rows into a table without an index`, seconds(copyMs))
  print('import: received', seconds(receiveMs))
  print('import: rehearsal', seconds(checkMs))
  print('import: commit', seconds(loadMs))
  print('rehearsal + commit against COPY', ratio((checkMs + loadMs) / copyMs, '≤ 8'))
  print('peak memory of the exchange process, MB', `${maxRssMb.toFixed(0)} (reach ≤ 512)`)
  print(`${PAGE} before, ${PER_SECOND} asked for /s`, words(before))
  print(`${PAGE} during, ${PER_SECOND} asked for /s`, words(during))
  print('p95 of the page during against before', ratio(during.p95 / before.p95, '≤ 1.25'))
}

async function copyAlone(databaseUrl: string, file: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    await client.query(`create table bench_copied (account_id bigint, period char(7), service_id integer, unit text,
      volume numeric(19,7), tariff numeric(19,7), opening bigint, charged bigint, recalculated bigint, benefit bigint,
      penalty bigint, paid bigint, closing bigint)`)
    const { ms } = await timed(() =>
      pipeline(createReadStream(file), client.query(copyStreams.from('copy bench_copied from stdin'))),
    )
    await client.query('drop table bench_copied')
    return ms
  })
}

/** Whether so many seconds from now are not over. */
function within(seconds: number): () => boolean {
  const until = performance.now() + seconds * 1000
  return () => performance.now() < until
}

function reading(service: Service, visitor: Visitor): () => Promise<void> {
  const headers = visitor.headers()
  return async () => {
    const answer = await fetch(service.url + PAGE, { headers, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${PAGE} was answered ${answer.status}`)
    await answer.arrayBuffer()
  }
}

/** An import in a process of its own, as the exchange process is one. */
interface Running {
  begun: Promise<void>
  goesOn: () => boolean
  /** What it took. @throws Error when it broke */
  told: Promise<z.infer<typeof told>>
}

function importing(service: Service, demo: DemoFile, file: string): Running {
  const child = spawn(process.execPath, [...MEMORY, ...scriptArgs('scripts/bench/import-child.ts'), file], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...loadKeys(service.dataDir, { NODE_ENV: 'production' }),
      DATABASE_URL: demo.databaseUrl,
      PUBLIC_URL: service.url,
      LOG_LEVEL: 'error',
    },
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let ended = false
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const begun = lines.next().then(() => void child.stdin.end())
  const finish = async () => {
    const [code] = await once(child, 'exit')
    ended = true
    if (code !== 0) throw new Error('the import broke')
    await begun
    return told.parse(JSON.parse((await lines.next()).value ?? ''))
  }
  return { begun, goesOn: () => !ended, told: finish() }
}
