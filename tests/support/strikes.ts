import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { withClient } from '../../scripts/embedded/connect'
import { waitUntil } from '../../scripts/embedded/processes'
import type { Pair } from './pair'

/** What can happen to a pair while money is taken: done to its end, the database running again afterwards. */
export type Strike = (pair: Pair, round: number) => Promise<void>

const CUTS = 20
const CUT_EVERY = 100

export const strikes: Readonly<Record<string, Strike>> = {
  'one copy killed outright': killCopy,
  'PostgreSQL restarted, its connections cut': (pair) => restart(pair, 'SIGINT'),
  'PostgreSQL restarted, everything dropped': (pair) => restart(pair, 'SIGQUIT'),
  'PostgreSQL killed outright': (pair) => restart(pair, 'SIGKILL'),
  'every connection cut each 100 ms': cutConnections,
  'the disk of the database full': fullDisk,
}

async function killCopy(pair: Pair, round: number): Promise<void> {
  process.kill(pair.copy(round).serverPid, 'SIGKILL')
}

async function restart(pair: Pair, signal: NodeJS.Signals): Promise<void> {
  const file = path.join(pair.disk, 'postgres', 'data', 'postmaster.pid')
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), signal)
  if (!(await waitUntil(() => !pair.postgres.isAlive(), 20_000))) throw new Error('the database lives on')
}

async function cutConnections({ postgres }: Pair): Promise<void> {
  await withClient(postgres.adminUrl, async (client) => {
    for (let cut = 0; cut < CUTS; cut++) {
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()`)
      await pause(CUT_EVERY)
    }
  })
}

/** For as long as two seconds of clicks and notifications. */
async function fullDisk(pair: Pair): Promise<void> {
  const giveBack = await pair.fillDisk()
  await pause(CUTS * CUT_EVERY)
  await giveBack()
}
