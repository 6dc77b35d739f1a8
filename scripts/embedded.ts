import path from 'node:path'
import { type Cluster, openCluster } from './embedded/cluster'
import { adminUrl, ensureDatabase, serviceUrl } from './embedded/connect'
import { ensurePostmaster, findPostmaster, type StartOptions, stopPostmaster } from './embedded/postmaster'

/** A PostgreSQL of our own, living in one directory. */
export class EmbeddedPostgres {
  private repairing: Promise<void> = Promise.resolve()

  private constructor(
    private readonly cluster: Cluster,
    private readonly options: StartOptions,
  ) {}

  /**
   * Starts the PostgreSQL of a directory, making it at the first time; one that still runs is used again.
   * @throws Problem when this user or this system cannot run it.
   */
  static async start(directory: string, options: StartOptions = {}): Promise<EmbeddedPostgres> {
    const postgres = new EmbeddedPostgres(await openCluster(path.resolve(directory)), options)
    await postgres.repair()
    return postgres
  }

  /** The address of the service's database; the port can change with a repair. */
  get url(): string {
    return serviceUrl(this.cluster.settings)
  }

  get adminUrl(): string {
    return adminUrl(this.cluster.settings)
  }

  isAlive(): boolean {
    return findPostmaster(this.cluster) !== undefined
  }

  /** Brings a server that died back. */
  repair(): Promise<void> {
    this.repairing = this.ensure()
    return this.repairing
  }

  private async ensure(): Promise<void> {
    await ensurePostmaster(this.cluster, this.options)
    await ensureDatabase(this.cluster.settings)
  }

  /** Stops the server; one that is just being started is waited for first. */
  async stop(): Promise<void> {
    await this.repairing.catch(() => undefined)
    await stopPostmaster(this.cluster)
  }
}
