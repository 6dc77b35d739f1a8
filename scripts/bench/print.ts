import type { Rate } from './measure'

/** One figure of the bench on a line of its own. */
export function print(what: string, figure: string): void {
  console.log(`${what.padEnd(52)} ${figure}`)
}

/** «120 (p50 8 ms, p95 14 ms)»: requests a second and how long they took. */
export function words({ perSecond, p50, p95 }: Rate): string {
  return `${perSecond.toFixed(0)} (p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms)`
}

/** A ratio against what it should reach. */
export function ratio(value: number, reach: string): string {
  return `${value.toFixed(2)} (reach ${reach})`
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
