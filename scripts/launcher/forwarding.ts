import type { IncomingHttpHeaders } from 'node:http'

const FORWARDED = [
  'forwarded',
  'x-real-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
]

/**
 * With no proxy in front, what a visitor says about addresses is a claim; only the connection is a fact.
 * Next fills in the other headers itself, from what is true.
 */
export function forgetForwarding(headers: IncomingHttpHeaders, remoteAddress: string | undefined): void {
  for (const name of FORWARDED) delete headers[name]
  if (remoteAddress) headers['x-forwarded-for'] = remoteAddress.replace(/^::ffff:/, '')
}
