import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { migrate } from '../../db/migrate'
import { backUp, restore } from '../../scripts/backup/dump'
import { findPrograms, serverVersion } from '../../scripts/backup/programs'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { withClient } from '../../scripts/embedded/connect'

test.describe('backup', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'kabinet-backup-'))
  const file = path.join(directory, 'kabinet.dump')
  let own: EmbeddedPostgres | undefined
  let server = ''
  const at = (database: string) => Object.assign(new URL(server), { pathname: `/${database}` }).href
  const run = (sql: string, database?: string) =>
    withClient(database ? at(database) : server, (client) => client.query(sql))

  test.beforeAll(async () => {
    // A server whose own pg_dump is here may be named; the built-in one brings none.
    const given = process.env.TEST_DATABASE_URL
    if (!given) own = await EmbeddedPostgres.start(path.join(directory, 'postgres'), { throwaway: true })
    server = given || (own?.url ?? '')
    for (const name of ['kabinet_backup', 'kabinet_restored']) await run(`CREATE DATABASE ${name}`)
    await migrate(at('kabinet_backup'))
    await run(
      `insert into users (kind, login, last_name, first_name, email)
      values ('subscriber', 'anna', 'Королёва', 'Анна', 'anna@example.ru')`,
      'kabinet_backup',
    )
  })

  test.afterAll(async () => {
    for (const name of ['kabinet_backup', 'kabinet_restored'])
      await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await own?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  test('a file that was restored beside before it counts, and fills an empty database', async () => {
    test.skip(await lacksPrograms(), 'no pg_dump and pg_restore of the version of the server on this machine')
    await backUp(at('kabinet_backup'), file)
    expect(statSync(file).mode & 0o077).toBe(0)
    const { rows } = await run("select datname from pg_database where datname like 'kabinet_check_%'")
    expect(rows).toEqual([])
    await expect(backUp(at('kabinet_backup'), file)).rejects.toThrow('is there already')
    await restore(file, at('kabinet_restored'))
    const { rows: people } = await run('select login from users', 'kabinet_restored')
    expect(people).toEqual([{ login: 'anna' }])
    await expect(restore(file, at('kabinet_restored'))).rejects.toThrow('is not empty')
  })

  test('what does not hold, or is no backup, is told and gets no name', async () => {
    test.skip(await lacksPrograms(), 'no pg_dump and pg_restore of the version of the server on this machine')
    await run(
      `insert into settings (value) values ('{}');
      insert into letters (kind, to_email, payload, created_at) values ('test', 'a@example.ru', '{}', now() - interval '9 days')`,
      'kabinet_backup',
    )
    const broken = path.join(directory, 'broken.dump')
    await expect(backUp(at('kabinet_backup'), broken)).rejects.toThrow('What must hold does not')
    expect(readdirSync(directory)).not.toContain('broken.dump')
    const nonsense = path.join(directory, 'nonsense.dump')
    writeFileSync(nonsense, 'no dump')
    await run('DROP DATABASE kabinet_restored WITH (FORCE)')
    await run('CREATE DATABASE kabinet_restored')
    await expect(restore(nonsense, at('kabinet_restored'))).rejects.toThrow('pg_restore ended with')
  })

  test('what is missing is told in words', () => {
    expect(() => findPrograms(99)).toThrow('pg_dump and pg_restore of PostgreSQL 99 are needed')
  })

  async function lacksPrograms(): Promise<boolean> {
    const version = await serverVersion(server)
    try {
      findPrograms(version)
      return false
    } catch {
      return true
    }
  }
})
