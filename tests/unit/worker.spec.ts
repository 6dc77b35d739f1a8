import { expect, test } from '@playwright/test'
import { parseCrontab } from 'graphile-worker'
import { jobs } from '@/lib/jobs/catalogue'
import { crontab, exchangeTasks, tasks } from '@/lib/worker/tasks'

test('every job of the catalogue has its handler, and every handler its job', () => {
  expect([...Object.keys(tasks), ...Object.keys(exchangeTasks)].sort()).toEqual(Object.keys(jobs).sort())
})

test('the nightly work names jobs that exist', () => {
  const items = parseCrontab(crontab)
  expect(items.length).toBeGreaterThan(0)
  for (const { task } of items) expect(Object.keys(jobs)).toContain(task)
})
