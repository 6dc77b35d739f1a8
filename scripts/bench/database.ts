import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Client } from 'pg'
import { closeDb } from '@/db/client'
import { migrate } from '@/db/migrate'
import { EmbeddedPostgres } from '../embedded'
import { withClient } from '../embedded/connect'

const NAME = 'bench'

/** A PostgreSQL of the bench's own. Where only reading is measured, it may lose what it holds. */
export class BenchServer {
  private constructor(
    private readonly directory: string,
    private readonly postgres: EmbeddedPostgres,
  ) {}

  static async start({ throwaway = true } = {}): Promise<BenchServer> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'kabinet-bench-'))
    chmodSync(directory, 0o711)
    const server = new BenchServer(
      directory,
      await EmbeddedPostgres.start(path.join(directory, 'postgres'), { throwaway }),
    )
    pointTo(server.url)
    return server
  }

  get url(): string {
    const url = new URL(this.postgres.url)
    url.pathname = `/${NAME}`
    return url.href
  }

  /** A new, empty database under the one address; the service's own modules in this process ask it. */
  async fresh(): Promise<void> {
    await closeDb()
    await withClient(this.postgres.url, async (client) => {
      await client.query(`drop database if exists ${NAME} with (force)`)
      await client.query(`create database ${NAME}`)
    })
    await migrate(this.url)
  }

  with<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return withClient(this.url, work)
  }

  async stop(): Promise<void> {
    await closeDb()
    await this.postgres.stop()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** What the service's modules need to run in this process on that database; the secrets open nothing. */
function pointTo(databaseUrl: string): void {
  const key = Buffer.alloc(32, 7).toString('base64')
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://localhost:3999',
    AUTH_SECRET: key,
    PASSPORT_KEY: key,
    INDEX_KEY: key,
    LINK_KEY: key,
    TOTP_KEY: key,
    LOG_LEVEL: 'silent',
  })
}
