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
  /** A seal of the journal and its hash. */
  seal?: number | undefined
  hash?: string | undefined
}

let log: pino.Logger | undefined

function logger(): pino.Logger {
  log ??= pino({ level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  return log
}

/** Writes one JSON line about something that went as it should. */
export function logEvent(event: string, fields: LogFields = {}): void {
  logger().info(fields, event)
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
