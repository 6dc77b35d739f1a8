import pino from 'pino'
import { env } from './env'

/** The only fields a log line may carry: an allow-list, so personal data cannot slip in with an object. */
interface LogFields {
  code?: string | undefined
  job?: string | undefined
  letterId?: string | undefined
  attempt?: number | undefined
  path?: string | undefined
  digest?: string | undefined
  count?: number | undefined
  /** Id of a user; never a login, a name or an address. */
  user?: string | undefined
  /** A seal of the journal and its hash. */
  seal?: number | undefined
  hash?: string | undefined
}

const LINES = { base: null, timestamp: pino.stdTimeFunctions.isoTime }

let log: pino.Logger | undefined

function logger(): pino.Logger {
  log ??= pino({ ...LINES, level: env().LOG_LEVEL })
  return log
}

/** Hands every line to `write` instead of standard output, for a test to read. @returns what ends that */
export function divertLog(write: (line: string) => void): () => void {
  const before = log
  log = pino({ ...LINES, level: 'info' }, { write })
  return () => {
    log = before
  }
}

/** Writes one JSON line about something that went as it should. */
export function logEvent(event: string, fields: LogFields = {}): void {
  logger().info(fields, event)
}

/** Writes one JSON line about something that was asked for and refused: who, if known, and why. */
export function logRefusal(event: string, fields: LogFields = {}): void {
  logger().warn(fields, event)
}

/**
 * Writes one JSON line about something that went wrong: the error's class, code and first stack frames.
 * Never its message or parameters: drizzle and providers put people's data there.
 */
export function logProblem(event: string, error: unknown, fields: LogFields = {}): void {
  logger().error({ ...fields, ...shapeOf(error) }, event)
}

function shapeOf(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}
  // Without the message: a line of it may look like a frame.
  const frames = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 3)
  return {
    error: cause.name,
    ...code,
    ...(frames ? { at: frames.map((frame) => frame.trim()).join(' < ') } : {}),
  }
}
