import { z } from 'zod'

const key32 = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 random bytes in base64')

const shape = z.object({
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
  DATA_DIR: z.string().default('.data'),
  MAIL_TRANSPORT: z.enum(['file', 'smtp', 'resend']).default('file'),
  MAIL_FROM: z.string().default('МУП «ККП» <noreply@localhost>'),
  SMTP_URL: z.string().optional(),
  RESEND_API_KEY: z.string().optional(),
  /** Reverse proxies between a visitor and this process whose X-Forwarded-For entries are ours. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

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
  return result.data
}
