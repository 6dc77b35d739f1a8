import { isIP } from 'node:net'
import { z } from 'zod'

const key32 = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 random bytes in base64')

/** Networks ЮKassa sends notifications from, by its documentation. */
const YOOKASSA_NETWORKS =
  '185.71.76.0/27,185.71.77.0/27,77.75.153.0/25,77.75.154.128/25,77.75.156.11,77.75.156.35,2a02:5180::/32'

const shape = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  /** The address people type, without a path: the only origin forms are accepted from. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
  AUTH_SECRET: z.string().min(32),
  /** Wraps the data key of every passport. Lost = passports unreadable. */
  PASSPORT_KEY: key32,
  /** Blind index of passports: finds the same passport again without opening any. */
  INDEX_KEY: key32,
  /** Derives the token of a credentials link from the link's id. */
  LINK_KEY: key32,
  /** Seals what makes the codes of staff's second factor. Lost = every member of staff sets it up anew. */
  TOTP_KEY: key32,
  DATA_DIR: z.string().default('.data'),
  MAIL_TRANSPORT: z.enum(['file', 'smtp', 'resend']).default('file'),
  MAIL_FROM: z.string().default('МУП «ККП» <noreply@localhost>'),
  SMTP_URL: z.string().optional(),
  RESEND_API_KEY: z.string().optional(),
  /** Who sends SMS; `off`: nobody does, and no page offers it. */
  SMS: z.enum(['off', 'smsru']).default('off'),
  SMSRU_API_ID: z.string().optional(),
  SMSRU_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isSafeToTell, 'must be https://')
    .default('https://sms.ru'),
  /** Reverse proxies between a visitor and this process whose X-Forwarded-For entries are ours. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Who takes residents' money. `demo`, the bank of ours that takes none, is heeded outside production or in the demo company only. */
  PAYMENTS: z.enum(['off', 'demo', 'yookassa']).default('off'),
  YOOKASSA_SHOP_ID: z.string().optional(),
  YOOKASSA_SECRET_KEY: z.string().optional(),
  YOOKASSA_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isSafeToTell, 'must be https://')
    .default('https://api.yookassa.ru/v3'),
  /** Addresses and networks the provider's notifications are taken from, separated by commas. */
  PAYMENT_NETWORKS: z
    .string()
    .default(YOOKASSA_NETWORKS)
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every(isNetwork), 'must be addresses or networks like 10.0.0.0/8'),
  /** Where programs of this machine may ask for figures; nowhere without it. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** A key goes over this line: plain HTTP only within the machine. */
function isSafeToTell(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  return (
    family > 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  )
}

export type Env = z.infer<typeof shape>

let parsed: Env | undefined

/**
 * The settings of this process, parsed once; the only reader of `process.env` in the service.
 * @throws Error with a plain list of what is missing or wrong (names only, never values).
 */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

/** Parses a set of environment variables; a function of its own so that the rule can be tested. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = shape.safeParse(source)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not complete:\n${problems.join('\n')}`)
  }
  const { MAIL_TRANSPORT, SMTP_URL, RESEND_API_KEY } = result.data
  if (MAIL_TRANSPORT === 'smtp' && !SMTP_URL) throw new Error('MAIL_TRANSPORT=smtp needs SMTP_URL')
  if (MAIL_TRANSPORT === 'resend' && !RESEND_API_KEY)
    throw new Error('MAIL_TRANSPORT=resend needs RESEND_API_KEY')
  if (result.data.SMS === 'smsru' && !result.data.SMSRU_API_ID)
    throw new Error('SMS=smsru needs SMSRU_API_ID')
  const { PAYMENTS, YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY } = result.data
  if (PAYMENTS === 'yookassa' && !(YOOKASSA_SHOP_ID && YOOKASSA_SECRET_KEY))
    throw new Error('PAYMENTS=yookassa needs YOOKASSA_SHOP_ID and YOOKASSA_SECRET_KEY')
  return result.data
}
