import { Problem } from '../embedded/problem'

/** Exit codes of the launcher's processes that mean something to it. */
export const EXIT = { broken: 1, notTheDemo: 3, misconfigured: 78, portTaken: 98 } as const

/** Prints the message alone when a person can do something about it, otherwise the whole error; then exits. */
export function reportAndExit(error: unknown, code: number): never {
  const plain = error instanceof Problem || code === EXIT.misconfigured || code === EXIT.portTaken
  console.error(error instanceof Error && plain ? error.message : error)
  process.exit(code)
}
