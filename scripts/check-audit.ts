import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from '@/db/schema'
import { headOf } from '@/lib/audit/chain'
import { lostHead, readHeads } from '@/lib/audit/heads'
import { checkJournal, linesOf } from '@/lib/audit/journal-file'
import { verifyChain } from '@/lib/audit/verify'

const USAGE = `Is the journal as it was written?
  npm run check:audit                              the database of DATABASE_URL
  npm run check:audit -- postgres://…              another one
  npm run check:audit -- postgres://… heads.txt    and that it holds the heads kept there
  npm run check:audit -- journal.jsonl             a file for an inspection, by itself`

const given = process.argv.slice(2)
const [file] = given.filter((argument) => argument.endsWith('.jsonl'))
const [heads] = given.filter((argument) => argument.endsWith('.txt'))
const [address = process.env.DATABASE_URL] = given.filter((argument) => /^postgres(ql)?:/.test(argument))

if (file) await checkFile(file)
else if (address) await checkDatabase(address)
else {
  console.error(USAGE)
  process.exit(2)
}

async function checkFile(name: string): Promise<void> {
  const lines = linesOf(createReadStream(name, 'utf8'))
  const { seals, rows, unsealed, problem } = await checkJournal(lines)
  console.log(`${rows} rows under ${seals} seals, ${unsealed} not sealed yet`)
  end(problem)
}

async function checkDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'kabinet audit' })
  await client.connect()
  // All of it of one moment, and nothing is written.
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local statement_timeout = 0')
  const reader = drizzle({ client, schema, casing: 'snake_case' })
  const { rows, to, breach } = await verifyChain(reader)
  const head = await headOf(reader)
  const lost = heads ? await lostHead(reader, readHeads(await readFile(heads, 'utf8'))) : undefined
  await client.end()
  console.log(`${rows} rows, up to seal ${to ?? 'none'}${head ? `, head ${head.hash}` : ''}`)
  if (breach) {
    const { id, fromId, toId, found } = breach
    end(
      `seal ${id} over rows ${fromId}–${toId} does not hold: it was set over ${breach.rows} rows, now there are ${found}`,
    )
  }
  end(lost && `the kept head of seal ${lost.id} is not in the chain: it was made anew`)
}

function end(problem: string | undefined): never {
  console.log(problem ? `BREACH ${problem}` : 'ok')
  process.exit(problem ? 1 : 0)
}
