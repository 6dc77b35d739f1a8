import { statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { chooseFreePort } from '../../scripts/embedded/ports'
import { isAlive } from '../../scripts/embedded/processes'
import { Visitor } from '../../scripts/testing/form'
import { makeDataDir, processesOf, readDemoFile, Service, statusOf } from '../support/launcher'

const WITHIN_10_SECONDS = { timeout: 10_000, intervals: [100] }

test.describe.configure({ mode: 'serial' })

test.describe('the launcher', () => {
  const { dataDir, remove } = makeDataDir()
  let service: Service
  let metricsPort = 0

  test.beforeAll(async () => {
    test.setTimeout(360_000)
    metricsPort = await chooseFreePort('127.0.0.1')
    service = await Service.start(dataDir, { METRICS_PORT: String(metricsPort) })
  })

  test.afterAll(async () => {
    await service?.stop()
    remove()
  })

  const health = () => statusOf(`${service.url}/api/health`)
  const page = () => statusOf(`${service.url}/personal`)

  test('serves pages and says that it is healthy', async () => {
    expect(await health()).toBe(200)
    expect(await page()).toBe(200)
  })

  test('tells programs of its own machine how it does, and nobody what was asked for', async () => {
    const told = async () => (await fetch(`http://127.0.0.1:${metricsPort}/api/metrics`)).text()
    await fetch(`${service.url}/personal/credentials/a-token-of-a-link`)
    await expect.poll(told).toMatch(/^kabinet_request_seconds_count\{area="open",status="\dxx"\} [1-9]/m)
    const text = await told()
    expect(text).toMatch(/^kabinet_request_seconds_count\{area="front",status="2xx"\} [1-9]/m)
    expect(text).toMatch(/^kabinet_database_up 1$/m)
    expect(text).toMatch(/^kabinet_jobs_given_up 0$/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
    expect(text).not.toContain('a-token-of-a-link')
    expect(await statusOf(`${service.url}/api/metrics`)).toBe(404)
    expect(await statusOf(`http://127.0.0.1:${metricsPort}/personal`)).toBe(404)
  })

  test('keeps its secrets to its own user', () => {
    for (const name of ['keys.json', 'demo.json', 'postgres/cluster.json'])
      expect(statSync(path.join(dataDir, name)).mode & 0o077, name).toBe(0)
  })

  test('says honestly that the database is away, and brings a killed one back by itself', async () => {
    const { serverPid } = service
    const visitor = new Visitor(service.url)
    const form = await (await visitor.get('/personal/recover')).text()
    // The launcher is held still, so that the outage lasts until the test has looked at it.
    hold(service.pid, 'SIGSTOP')
    try {
      process.kill(service.postmasterPid, 'SIGKILL')
      await expect.poll(health, WITHIN_10_SECONDS).toBe(503)
      const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/api/metrics`)).text()
      expect(figures).toMatch(/^kabinet_database_up 0$/m)
      expect(figures).toMatch(/^kabinet_jobs_due Nan$/m)
      const answer = await fetch(`${service.url}/personal`)
      expect(answer.status).toBe(503)
      expect(await answer.text()).toMatch(/временно (недоступ|не работа)/i)
      const typed = { who: 'somebody@example.ru' }
      const sent = await (await visitor.send('/personal/recover', form, typed)).text()
      expect(sent).toContain('сервис временно недоступен')
      expect(sent).toContain('value="somebody@example.ru"')
    } finally {
      hold(service.pid, 'SIGCONT')
    }
    await expect.poll(page, WITHIN_10_SECONDS).toBe(200)
    await expect.poll(health, WITHIN_10_SECONDS).toBe(200)
    expect(service.serverPid, 'the server process was not restarted').toBe(serverPid)
    expect(isAlive(serverPid)).toBe(true)
  })

  test('replaces a server process that was killed', async () => {
    const { serverPid } = service
    process.kill(serverPid, 'SIGKILL')
    await expect.poll(() => service.serverPid, WITHIN_10_SECONDS).not.toBe(serverPid)
    await expect.poll(page, WITHIN_10_SECONDS).toBe(200)
  })

  test('refuses a port that is taken, and a data directory that is in use', async () => {
    const other = makeDataDir()
    const samePort = Service.start(other.dataDir, { PORT: String(service.port) })
    await expect(samePort).rejects.toThrow(`Port ${service.port} is taken`)
    other.remove()
    await expect(Service.start(dataDir)).rejects.toThrow('already works with')
    expect(await page()).toBe(200)
  })

  test('takes over what a killed launcher left', async () => {
    const { serverPid, postmasterPid, pid } = service
    hold(pid, 'SIGKILL')
    await expect.poll(() => isAlive(serverPid), WITHIN_10_SECONDS).toBe(false)
    expect(isAlive(postmasterPid)).toBe(true)
    service = await Service.start(dataDir, { PORT: String(service.port) })
    expect(service.postmasterPid).toBe(postmasterPid)
    expect(await page()).toBe(200)
  })

  test('ends in order and leaves no process', async () => {
    expect(processesOf(dataDir)).not.toEqual([])
    const { serverPid } = service
    expect(await service.stop('SIGTERM')).toBe(0)
    expect(processesOf(dataDir)).toEqual([])
    expect(isAlive(serverPid)).toBe(false)
    expect(await page()).toBe(0)
  })

  test('starts again with the same people', async () => {
    const before = readDemoFile(dataDir)
    service = await Service.start(dataDir)
    const after = readDemoFile(dataDir)
    expect(after.staff).toEqual(before.staff)
    expect(after.subscriber).toEqual(before.subscriber)
    expect(after.url).toBe(service.url)
    expect(await page()).toBe(200)
    expect(await service.stop('SIGINT')).toBe(0)
  })
})

function hold(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('the launcher does not run')
  process.kill(pid, signal)
}
