import { env } from '@/lib/env'

/** How letters leave, as the environment sets it up; nothing secret. */
export function mailState(): { transport: 'file' | 'smtp' | 'resend'; from: string; through: string } {
  const { MAIL_TRANSPORT, MAIL_FROM, SMTP_URL, DATA_DIR } = env()
  const through = {
    file: `${DATA_DIR}/mail`,
    smtp: SMTP_URL ? hostOf(SMTP_URL) : '',
    resend: 'api.resend.com',
  }
  return { transport: MAIL_TRANSPORT, from: MAIL_FROM, through: through[MAIL_TRANSPORT] }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

/** Who sends SMS; undefined while nobody does. */
export function textState(): { through: string } | undefined {
  const { SMS, SMSRU_URL } = env()
  return SMS === 'off' ? undefined : { through: hostOf(SMSRU_URL) }
}

/** Who takes payments, what the environment lacks for it, and what to enter at the provider; nothing secret. */
export function paymentState(): {
  provider: 'off' | 'demo' | 'yookassa'
  missing: string[]
  notifyAt: string
  proxies: number
} {
  const { PAYMENTS, YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY, PUBLIC_URL, TRUSTED_PROXIES } = env()
  const needed = { YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY }
  return {
    provider: PAYMENTS,
    missing: Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name])),
    notifyAt: `${PUBLIC_URL}/api/payments/notify/yookassa`,
    proxies: TRUSTED_PROXIES,
  }
}
