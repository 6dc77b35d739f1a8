import { createReadStream } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { closeDb } from '@/db/client'
import { SERVICE } from '@/lib/audit/record'
import { checkImport, loadImport, receiveFile } from '@/lib/exchange/commands'
import { stepBack } from '@/lib/exchange/step-back'
import { timed } from './measure'

/**
 * Imports the file named as the exchange process does, and prints what it took as one line of JSON. Like that one it is
 * there before a file comes: it begins when its input ends.
 */
const [file = ''] = process.argv.slice(2)
stepBack()
console.log('ready')
await text(process.stdin)
const received = await timed(() =>
  receiveFile(SERVICE, {
    fileName: path.basename(file),
    bytes: createReadStream(file, { highWaterMark: 256 * 1024 }),
  }),
)
if (received.value.status !== 'ok') throw new Error('the file was not received')
const { id } = received.value.value
const checked = await timed(() => checkImport(id))
if (checked.value.status !== 'ok') throw new Error('the file could not be checked')
const loaded = await timed(() => loadImport(SERVICE, id))
if (loaded.value.status !== 'ok') throw new Error(`the file was not loaded: ${JSON.stringify(loaded.value)}`)
await closeDb()
const maxRssMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ receiveMs: received.ms, checkMs: checked.ms, loadMs: loaded.ms, maxRssMb }))
