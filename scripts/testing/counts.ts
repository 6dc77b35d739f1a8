/** What a part of the run came to. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 }
export const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 }

export function sum(parts: Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const part of parts) {
    total.passed += part.passed
    total.failed += part.failed
    total.skipped += part.skipped
  }
  return total
}

/** A run in which nothing ran proves nothing. */
export function isGood({ passed, failed }: Counts): boolean {
  return failed === 0 && passed > 0
}
