import { closeDb, pool } from '@/db/client'
import { accountsOf } from '@/lib/accounts/queries'
import { balance } from '@/lib/ledger/balance'
import { yearIn, yearsIn } from '@/lib/ledger/history'
import { ownScope, periods, statement } from '@/lib/ledger/queries'
import type { Subscriber } from '@/lib/session/require'
import type { Period } from '@/lib/units/period'
import { quantile } from './measure'
import { type Asked, listen, type Plan, planOf } from './plans'

/** What the ledger of one account costs: each query's plan, and the middle time of all of them together, ms. */
export interface Probe {
  plans: Record<string, Plan[]>
  ms: number
}

const LARGE = /^(charges|accounts|ledger_entries|readings|payments)/

/**
 * Asks the ledger's own queries about accounts of a person in the database of this process, over and over, a different
 * account each time, and looks at the plans of one round. Ends the pool, so that another database may follow.
 */
export async function probeLedger(userId: string, newest: Period, rounds: number): Promise<Probe> {
  const person = { userId, login: '', name: '', address: '', mode: 'own' } as Subscriber
  const own = await accountsOf(person)
  const queries = queriesOf(person, newest)
  const all = async (id: number) => {
    for (const ask of Object.values(queries)) await ask(id)
  }
  const idOf = (round: number) => own[round % own.length]?.id ?? 0
  for (let round = 0; round < own.length; round += 1) await all(idOf(round))
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    await all(idOf(round))
    times.push(performance.now() - began)
  }
  const plans: Probe['plans'] = {}
  const asked = listen(pool())
  for (const [name, ask] of Object.entries(queries)) {
    asked.length = 0
    await ask(idOf(0))
    // Those asked side by side come in any order.
    plans[name] = await plansOf(asked.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
  }
  await closeDb()
  return { plans, ms: quantile(times, 0.5) }
}

function queriesOf(person: Subscriber, newest: Period): Record<string, (id: number) => Promise<unknown>> {
  return {
    balance: (id) => balance(person, id, new Date(`${newest}-28T12:00:00Z`)),
    periods: (id) => periods(person, id),
    years: (id) => yearsIn(ownScope(person, id)),
    year: (id) => yearIn(ownScope(person, id), Number(newest.slice(0, 4))),
    statement: (id) => statement(person, id, newest),
  }
}

function nameOf({ text, values }: Asked): string {
  return `${text} ${values.map(String).join()}`
}

async function plansOf(asked: Asked[]): Promise<Plan[]> {
  const client = await pool().connect()
  try {
    const plans: Plan[] = []
    for (const one of asked) plans.push(await planOf(client, one, LARGE))
    return plans
  } finally {
    client.release()
  }
}

/** What differs between the plans of two sizes, in words; nothing when they are the same and touch as many rows. */
export function differences(small: Probe, large: Probe): string[] {
  return Object.entries(large.plans).flatMap(([name, plans]) =>
    plans.flatMap((plan, place) => {
      const before = small.plans[name]?.[place]
      const found: string[] = []
      if (before?.shape.join('\n') !== plan.shape.join('\n')) found.push(`${name}: another plan`)
      if (before?.touched !== plan.touched)
        found.push(`${name}: ${before?.touched ?? 'no'} rows touched, then ${plan.touched}`)
      if (plan.scanned.length > 0) found.push(`${name}: ${plan.scanned.join(', ')} read from end to end`)
      return found
    }),
  )
}
