import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { importProgress, imports } from '@/db/schema'
import {
  checkImport,
  loadImport,
  requestCheck,
  requestLoad,
  requestStop,
  requestUndo,
  undoImport,
} from '@/lib/exchange/commands'
import { importReport } from '@/lib/exchange/queries'
import { exchangeTasks } from '@/lib/worker/tasks'
import { billingFile } from '../support/billing-file'
import { expect, test } from '../support/database'
import { check, freshNumber, receive, statedOf, viewOf } from '../support/imports'
import { makeAccount, makeStaff } from '../support/people'

const stopped = { problem: expect.stringContaining('Остановлено'), stopping: false, progress: null }

/** Jobs waiting for an upload, by name; whoever asks takes them. */
async function jobsOf(importId: string): Promise<{ task: string; payload: unknown }[]> {
  const { rows } = await db().execute(sql`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and j.payload->>'importId' = ${importId} returning t.identifier as task, j.payload`)
  return rows.map(({ task, payload }) => ({ task: String(task), payload }))
}

async function runJobs(importId: string): Promise<string[]> {
  const found = await jobsOf(importId)
  for (const { task, payload } of found) await exchangeTasks[task]?.(payload, Object.create(null))
  return found.map(({ task }) => task)
}

test('an upload goes through its states by what staff press and what jobs do', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const staff = await makeStaff()
  const id = await receive(staff, billingFile('charges', [{ accountNumber }]))
  const asOf = new Date('2026-11-05T15:00:00Z')
  expect(await requestCheck(staff, id, { asOf })).toMatchObject({ status: 'ok' })
  expect(await requestCheck(staff, id)).toMatchObject({ code: 'busy' })
  expect(await importReport(staff, id)).toMatchObject({ state: 'checking', asOf })
  expect(await runJobs(id)).toEqual(['check-import'])
  expect(await requestLoad(staff, id)).toMatchObject({ status: 'ok' })
  expect(await requestLoad(staff, id)).toMatchObject({ code: 'busy' })
  expect(await runJobs(id)).toEqual(['load-import'])
  expect(await viewOf(staff, id)).toMatchObject({ state: 'loaded', loadedBy: staff.login, asOf })
  expect(await requestStop(staff, id)).toMatchObject({ code: 'idle' })
  expect(await requestCheck(staff, id)).toMatchObject({ code: 'busy' })
  expect(await requestUndo(staff, id)).toMatchObject({ status: 'ok' })
  expect(await runJobs(id)).toEqual(['undo-import'])
  expect(await viewOf(staff, id)).toMatchObject({ state: 'undone', undoneBy: staff.login })
  expect(await statedOf(accountNumber)).toEqual([])
})

test('figures are of the end of their month unless somebody says otherwise', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { asOf } = await check('charges', [{ accountNumber, period: '10.2026' }])
  expect(asOf).toEqual(new Date('2026-10-31T21:00:00Z'))
})

test('a check that is stopped leaves the upload as it came', async () => {
  const staff = await makeStaff()
  const id = await receive(staff, billingFile('accounts', [{ accountNumber: freshNumber() }]))
  await requestCheck(staff, id)
  expect(await requestStop(staff, id)).toMatchObject({ status: 'ok' })
  expect(await runJobs(id)).toEqual(['check-import'])
  expect(await importReport(staff, id)).toMatchObject({ state: 'received', report: null, ...stopped })
  expect(await checkImport(id)).toMatchObject({ status: 'ok' })
})

test('a load is stopped in the middle of what the database is doing for it', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { staff, id } = await check('charges', [{ accountNumber }])
  await requestLoad(staff, id)
  await jobsOf(id)
  await db().transaction(async (tx) => {
    // Another load, as it were.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet load'))`)
    const load = loadImport(staff, id)
    load.catch(() => undefined)
    const phase = () => db().select().from(importProgress).where(eq(importProgress.importId, id))
    await expect.poll(phase).toMatchObject([{ phase: 'comparing' }])
    expect(await requestStop(staff, id)).toMatchObject({ status: 'ok' })
    await expect(load).rejects.toThrow('stopped')
  })
  expect(await importReport(staff, id)).toMatchObject({ state: 'checked', ...stopped })
  expect(await statedOf(accountNumber)).toEqual([])
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
})

test('an undoing that is stopped leaves the file loaded', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { staff, id } = await check('charges', [{ accountNumber }])
  await loadImport(staff, id)
  await db().update(imports).set({ state: 'undoing', stopRequestedAt: new Date() }).where(eq(imports.id, id))
  await expect(undoImport(staff, id)).rejects.toThrow('stopped')
  expect(await importReport(staff, id)).toMatchObject({ state: 'loaded', ...stopped })
  expect(await statedOf(accountNumber)).toHaveLength(1)
})
