import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** True when a server can listen at the port right now; without a host: on every address, as the service does. */
export function isPortFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** As isPortFree, but gives a server that is just ending two seconds to let go. */
export async function isPortFreeSoon(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 8; attempt++) {
    if (await isPortFree(port)) return true
    await pause(250)
  }
  return false
}

/** A free port below the range systems give to outgoing connections, so that it is still free after a restart. */
export async function chooseFreePort(host?: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(20_000, 32_000)
    if (await isPortFree(port, host)) return port
  }
  throw new Error('no free port between 20000 and 32000')
}
