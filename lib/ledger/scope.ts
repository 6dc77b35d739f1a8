import { and, eq, getViewSelectedFields, type SQL, Subquery, sql } from 'drizzle-orm'
import { statedCharges } from '@/db/schema'
import { seenBy, seenSince, seesFromOf, type When } from '@/lib/accounts/queries'
import { firstSeenPeriod } from '@/lib/accounts/rules'
import type { Staff, Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'

declare const scopeBrand: unique symbol
/** One account as somebody may see it; made of a Subscriber, Staff or a letter's reader only, so that no query runs unauthorised. */
export interface Scope {
  readonly accountId: number
  /** Part of every `where`: that it is of the viewer's time with the account, or, without `when`, that they have it now. */
  readonly allowed: (when?: When) => SQL | undefined
  /** The day the viewer's own time with the account begins; undefined when they see all of it. */
  readonly since: () => Promise<CalendarDay | undefined>
  readonly [scopeBrand]: true
}

/** An account as its subscriber sees it: nothing while it is not theirs, and nothing of the holder before them. */
export function ownScope(subscriber: Subscriber, accountId: number): Scope {
  return letterScope(subscriber.userId, accountId)
}

/** An account as the reader of a letter sees it: nothing, once they have no access to it. */
export function letterScope(userId: string, accountId: number): Scope {
  const id = sql`${accountId}`
  const allowed = (when?: When) => (when ? seenSince(userId, id, when) : seenBy(userId, id))
  let since: Promise<CalendarDay | undefined> | undefined
  const asked = () => {
    since ??= seesFromOf(userId, accountId)
    return since
  }
  return { accountId, allowed, since: asked } as Partial<Scope> as Scope
}

/** Any account, as staff see it. */
export function staffScope(_: Staff, accountId: number): Scope {
  return { accountId, allowed: () => undefined, since: async () => undefined } as Partial<Scope> as Scope
}

/** Condition on `statedCharges`: rows of the account that may be seen. */
export function statedIn({ accountId, allowed }: Scope): SQL | undefined {
  return and(eq(statedCharges.accountId, accountId), allowed({ month: statedCharges.period }))
}

/**
 * What `statedCharges` is to whoever sees the account, for a `from`. Billing's balances of a new holder's months begin with what
 * the former holder left; here they begin with nothing and hold what the months themselves moved. What a penalty was reckoned of is
 * left out of them: it may be the former holder's debt.
 */
export async function statedFor(scope: Scope) {
  const since = await scope.since()
  const rows = since === undefined ? sql`select * from ${statedCharges}` : ownMonths(scope.accountId, since)
  return new Subquery(rows, columns, 'stated_charges')
}

const columns = getViewSelectedFields(statedCharges)

const moved = sql`(${statedCharges.closing} - ${statedCharges.opening})`
const ownBalances: Partial<Record<string, SQL>> = {
  opening: sql`(sum(${moved}) over own - ${moved})::bigint as opening`,
  closing: sql`(sum(${moved}) over own)::bigint as closing`,
  penaltyBase: sql`null::bigint as penalty_base`,
  penaltyDays: sql`null::smallint as penalty_days`,
  penaltyRate: sql`null::numeric as penalty_rate`,
}

function ownMonths(accountId: number, since: CalendarDay): SQL {
  const own = Object.entries(columns).map(([name, column]) => ownBalances[name] ?? sql`${column}`)
  return sql`select ${sql.join(own, sql`, `)} from ${statedCharges}
    where ${statedCharges.accountId} = ${accountId} and ${statedCharges.period} >= ${firstSeenPeriod(since)}
    window own as (partition by ${statedCharges.serviceId} order by ${statedCharges.period})`
}
