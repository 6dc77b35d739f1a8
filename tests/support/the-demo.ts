import path from 'node:path'
import pg from 'pg'
import { type DemoFile, readDemoFile } from '@/db/demo/demo-file'

/** What `demo.json` of the service under test says. */
export function theDemo(): DemoFile {
  const demo = readDemoFile(dataDir())
  if (!demo) throw new Error('E2E_DEMO_FILE does not lead to the demo.json of a running service')
  return demo
}

/** Where the service under test keeps its things. */
export function dataDir(): string {
  return path.dirname(process.env.E2E_DEMO_FILE ?? '')
}

/** Asks the service's own database. */
export async function ask<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: theDemo().databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}
