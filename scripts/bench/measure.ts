import { setTimeout as pause } from 'node:timers/promises'
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
  const run = async () => {
    while (performance.now() < start + seconds * 1000) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, run))
  return rateFrom(times, start)
}

/**
 * Begins `work` so many times a second for as long as `going`, whether or not what began earlier has come back, as people
 * do: what is slow makes nobody come later. Each wait counts from when it was due.
 */
export async function rateAt(
  work: () => Promise<void>,
  perSecond: number,
  going: () => boolean,
): Promise<Rate> {
  const times: number[] = []
  const start = performance.now()
  const all: Promise<void>[] = []
  for (let begun = 0; going(); begun += 1) {
    const due = start + (begun * 1000) / perSecond
    await pause(Math.max(0, due - performance.now()))
    all.push(work().then(() => void times.push(performance.now() - due)))
  }
  await Promise.all(all)
  return rateFrom(times, start)
}

function rateFrom(times: readonly number[], start: number): Rate {
  const elapsed = (performance.now() - start) / 1000
  return { perSecond: times.length / elapsed, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

/** The value so many of the times stay below; zero of none. */
export function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0
}

/** How long something takes, ms, and what it came to. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
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
