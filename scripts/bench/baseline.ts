import { createServer } from 'node:http'
import { accountsOf } from '@/lib/accounts/queries'
import { balance } from '@/lib/ledger/balance'
import { paymentsIn, yearIn, yearsIn } from '@/lib/ledger/history'
import { ownScope } from '@/lib/ledger/queries'
import { readingsState } from '@/lib/readings/queries'
import { sessionIdIn } from '@/lib/session/cookies'
import type { Subscriber } from '@/lib/session/require'
import { sessionState } from '@/lib/session/sessions'

/**
 * Bare node:http that checks the session, runs the queries of two pages and prints their rows: what the pages would
 * cost without a framework. Prints its port.
 */
const server = createServer((request, response) => {
  void answer(request.url ?? '', new Headers({ cookie: request.headers.cookie ?? '' })).then(
    (html) => response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html),
    () => response.writeHead(500).end(),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})
process.on('disconnect', () => process.exit(0))

async function answer(path: string, headers: Headers): Promise<string | undefined> {
  const session = await sessionState(await sessionIdIn(headers), new Date())
  if (session.kind !== 'live') return undefined
  const { id: userId, login, name } = session.user
  const person = { userId, login, name, address: '', mode: session.mode } as Subscriber
  const [account] = await accountsOf(person)
  if (!account) return undefined
  if (path === '/personal') return table(await overview(person, account.id))
  return path === '/personal/ledger' ? table(await ledger(person, account.id)) : undefined
}

async function overview(person: Subscriber, id: number): Promise<unknown[]> {
  const now = new Date()
  const [state, readings] = await Promise.all([balance(person, id, now), readingsState(person, id, now)])
  return [state, ...readings.meters]
}

async function ledger(person: Subscriber, id: number): Promise<unknown[]> {
  const scope = ownScope(person, id)
  const [state, years] = await Promise.all([balance(person, id, new Date()), yearsIn(scope)])
  const year = years[0] ?? 0
  const [lines, payments] = await Promise.all([yearIn(scope, year), paymentsIn(scope, year)])
  return [state, ...lines, ...payments]
}

function table(rows: unknown[]): string {
  const text = (row: unknown) =>
    JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  return `<!doctype html><table>${rows.map((row) => `<tr><td>${text(row)}</td></tr>`).join('')}</table>`
}
