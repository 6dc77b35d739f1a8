import { expect } from '@playwright/test'
import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters, textMessages } from '@/db/schema'
import { figuresOf } from '@/lib/worker/figures'
import { testAlone } from '../support/database'

const test = testAlone('figures')

test('what waits is counted: jobs that are due, late or given up, letters and SMS not sent', async () => {
  const nothing = {
    ...{ jobsDue: 0, jobsLate: 0, jobsGivenUp: 0, lettersWaiting: 0, textsWaiting: 0 },
    ...{ paymentsOpen: 0, paymentsQuarantined: 0 },
  }
  expect(await figuresOf(db())).toEqual(nothing)
  const job = async (runAt: string, attempts: number) => {
    const { rows } = await db().execute(
      sql`select id from graphile_worker.add_job('nightly', run_at => now() + ${runAt}::interval)`,
    )
    await db().execute(
      sql`update graphile_worker._private_jobs set attempts = ${attempts} where id = ${rows[0]?.id}`,
    )
  }
  await job('-90 seconds', 0)
  await job('-10 seconds', 3)
  await job('1 hour', 0)
  await job('-1 day', 25)
  await db()
    .insert(letters)
    .values([
      { kind: 'test', toEmail: 'a@example.ru', payload: {} },
      { kind: 'test', toEmail: 'b@example.ru', payload: {}, sentAt: new Date() },
    ])
  await db().insert(textMessages).values({ kind: 'test', toPhone: '+79995550123', body: 'проба' })
  const found = await figuresOf(db())
  expect(found).toEqual({
    ...{ ...nothing, jobsDue: 2, jobsGivenUp: 1, lettersWaiting: 1, textsWaiting: 1 },
    jobsLate: expect.any(Number),
  })
  expect(Math.round(found.jobsLate / 10) * 10).toBe(90)
})
