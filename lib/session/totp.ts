import { generateSecret, generateSync, generateURI, verifySync } from 'otplib'

/** Seconds one code stands for (RFC 6238 §5.2). */
const STEP_S = 30

/** A new secret: 160 random bits in base32 (RFC 4226 §4 R6). */
export function newSecret(): string {
  return generateSecret({ length: 20 })
}

/** The time step of a moment: how many half-minutes since 1970. */
export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / 1000 / STEP_S)
}

/** The six digits of a time step. */
export function codeOf(secret: string, step: number): string {
  return generateSync({ secret, epoch: step * STEP_S })
}

/**
 * The time step a code is of: this one, the one before or the one after (clocks differ), and later than the last one taken,
 * so that no code is taken twice (RFC 6238 §5.2). Undefined when it is of none of them.
 */
export function stepOf(secret: string, code: string, moment: Date, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = stepAt(moment) * STEP_S
  const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_S, afterTimeStep: lastStep })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** The address an authenticator reads from a QR code; `issuer` and `login` are what it shows beside the digits. */
export function authenticatorUri(secret: string, issuer: string, login: string): string {
  return generateURI({ issuer, label: login, secret })
}

/** A secret in groups of four, to be typed by hand. */
export function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
