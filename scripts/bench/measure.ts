import { gzipSync } from 'node:zlib'

/** Requests a second, and how long the middle and the slowest twentieth of them took. */
export interface Rate {
  perSecond: number
  p50: number
  p95: number
}

/** Runs `work` over and over on some connections for some seconds. */
export async function rateOf(work: () => Promise<void>, connections: number, seconds: number): Promise<Rate> {
  const times: number[] = []
  const start = performance.now()
  const until = start + seconds * 1000
  const run = async () => {
    while (performance.now() < until) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, run))
  const elapsed = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: times.length / elapsed, p50: at(0.5), p95: at(0.95) }
}

/** Gzipped kilobytes of all scripts a page names. */
export async function scriptsOf(origin: string, html: string): Promise<number> {
  const names = new Set([...html.matchAll(/\/_next\/static\/[^"'\\ ]+\.js/g)].map(([name]) => name))
  const sizes = await Promise.all(
    [...names].map(
      async (name) => gzipSync(Buffer.from(await (await fetch(origin + name)).arrayBuffer())).length,
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
