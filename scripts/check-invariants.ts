import pg from 'pg'
import { breachesOf, readInvariants } from './invariants/invariants'

const connectionString = process.argv[2] || process.env.DATABASE_URL
if (!connectionString) {
  console.error('Which database? npm run check:invariants -- postgres://…, or set DATABASE_URL.')
  process.exit(2)
}
const client = new pg.Client({ connectionString, application_name: 'kabinet invariants' })
await client.connect()
// All of them of one moment, and nothing is written.
await client.query('begin isolation level repeatable read read only')
await client.query('set local statement_timeout = 0')
let broken = 0
for (const invariant of readInvariants()) {
  const { count, first } = await breachesOf(client, invariant)
  if (count > 0) broken += 1
  const { number, words } = invariant
  console.log(
    `${count === 0 ? 'ok    ' : 'BREACH'} ${number.padEnd(3)} ${words}${count === 0 ? '' : `: ${count}`}`,
  )
  for (const row of first) console.log(`           ${JSON.stringify(row)}`)
}
await client.end()
process.exit(broken === 0 ? 0 : 1)
