import { createReadStream, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { closeDb } from '@/db/client'
import { SERVICE } from '@/lib/audit/record'
import { checkImport, loadImport, receiveFile } from '@/lib/exchange/commands'
import { timed } from './measure'
const postmaster = Number(readFileSync('/tmp/wt-import-data/postgres/data/postmaster.pid', 'utf8').split('\n')[0])
function pg(): number {
  let sum = 0
  for (const d of readdirSync('/proc')) {
    if (!/^\d+$/.test(d)) continue
    try {
      const s = readFileSync(`/proc/${d}/stat`, 'utf8'); const f = s.slice(s.lastIndexOf(')') + 2).split(' ')
      if (Number(d) === postmaster) sum += Number(f[11]) + Number(f[12]) + Number(f[13]) + Number(f[14])
      else if (Number(f[1]) === postmaster) sum += Number(f[11]) + Number(f[12])
    } catch {}
  }
  return sum * 10
}
const [file = ''] = process.argv.slice(2)
let c = process.cpuUsage(), p = pg()
const lap = (name: string, ms: number) => {
  const d = process.cpuUsage(c), q = pg()
  console.log(name.padEnd(9), 'wall', ms.toFixed(0), 'node', ((d.user + d.system) / 1000).toFixed(0), 'pg', q - p)
  c = process.cpuUsage(); p = q
}
const received = await timed(() => receiveFile(SERVICE, { fileName: path.basename(file), bytes: createReadStream(file, { highWaterMark: 256 * 1024 }) }))
if (received.value.status !== 'ok') throw new Error('the file was not received')
lap('receive', received.ms)
const { id } = received.value.value
const checked = await timed(() => checkImport(id))
if (checked.value.status !== 'ok') throw new Error('the file could not be checked')
lap('check', checked.ms)
const loaded = await timed(() => loadImport(SERVICE, id))
if (loaded.value.status !== 'ok') throw new Error(`the file was not loaded: ${JSON.stringify(loaded.value)}`)
lap('load', loaded.ms)
await closeDb()
console.log('rss', process.resourceUsage().maxRSS / 1024)
