import { hash, verify } from '@node-rs/argon2'

// OWASP Password Storage Cheat Sheet: argon2id (the library's default kind), m = 19 MiB, t = 2, p = 1.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2
const QUEUE = 32

/** The hashing queue is full: the caller answers «try again in a minute» instead of letting memory go. */
export class BusyError extends Error {
  constructor() {
    super('too many sign-ins at once')
  }
}

let running = 0
const waiting: (() => void)[] = []
let decoy: Promise<string> | undefined

/** argon2id hash of a password. @throws BusyError when the queue is full */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, PARAMETERS))
}

/**
 * Whether the password is the one behind the hash. Without a hash (no such user, or no password yet) the same
 * work is done against a decoy, so that the answer takes the same time. @throws BusyError when the queue is full
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hash('никто не знает этого пароля', PARAMETERS)
  const against = stored ?? (await decoy)
  const right = await inTurn(() => verify(against, password))
  return right && stored !== null
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= QUEUE) throw new BusyError()
    await new Promise<void>((go) => waiting.push(go))
  } else {
    running++
  }
  try {
    return await work()
  } finally {
    // The place is handed on, not freed, when somebody waits.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
