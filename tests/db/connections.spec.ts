import { sql } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import { Presence } from '@/lib/worker/presence'
import { expect, test } from '../support/database'

test('a transaction that cannot begin gives its connection back', async () => {
  const { max } = pool().options
  for (let time = 0; time <= max; time++)
    await expect(
      db().transaction(async () => undefined, { isolationLevel: 'no such level' as 'serializable' }),
    ).rejects.toThrow()
  expect(await db().transaction((tx) => tx.$count(sql`(select 1) one`))).toBe(1)
})

test('a transaction that fails leaves its connection fit for the next one', async () => {
  const pidOf = async () => (await db().execute(sql`select pg_backend_pid() as pid`)).rows
  const before = await pidOf()
  await expect(db().transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow()
  expect(await pidOf()).toEqual(before)
})

test('a job whose taking or ending was lost is free again, though its worker lives; one it is at is not', async () => {
  const presence = new Presence()
  try {
    const [lost, fresh, underWay] = await Promise.all(
      ['10 minutes', '1 second', '10 minutes'].map(async (ago) => {
        const { rows } = await db().execute(sql`
          select id from graphile_worker.add_job('nothing-of-ours', run_at => now() + interval '1 day')`)
        await db().execute(sql`
          update graphile_worker._private_jobs set locked_by = 'pool-here', locked_at = now() - ${ago}::interval
          where id = ${rows[0]?.id}`)
        return String(rows[0]?.id)
      }),
    )
    presence.add('pool-here')
    presence.begin(underWay ?? '')
    const marked = async () => {
      const { rows } = await db().execute(sql`
        select id::text from graphile_worker._private_jobs where locked_by = 'pool-here' order by id`)
      return rows.map(({ id }) => id)
    }
    await presence.free()
    expect(await marked()).toEqual([fresh, underWay].toSorted((a, b) => Number(a) - Number(b)))
    presence.finish(underWay ?? '')
    await presence.free()
    expect(await marked()).toEqual([fresh])
    expect(lost).toBeDefined()
  } finally {
    await presence.end()
  }
})
