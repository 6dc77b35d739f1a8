import { env } from '@/lib/env'
import { currentSettings } from '@/lib/settings/queries'
import { demoBank } from './demo-bank'
import type { Provider, ProviderName } from './provider'
import { yookassa } from './yookassa'

/** Who takes residents' money now; undefined while nobody does. */
export async function currentProvider(): Promise<Provider | undefined> {
  const { PAYMENTS } = env()
  return PAYMENTS === 'off' ? undefined : providerNamed(PAYMENTS)
}

/**
 * The provider of that name as the environment sets it up: payments begun with it are still asked about after another
 * took its place. Undefined when it is not set up. The bank of the demo takes no money, so in production it is only there
 * in a database that holds the demo company.
 */
export async function providerNamed(name: ProviderName): Promise<Provider | undefined> {
  const { NODE_ENV, PAYMENTS, YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY, YOOKASSA_URL } = env()
  if (name === 'demo') {
    const allowed = PAYMENTS === 'demo' && (NODE_ENV !== 'production' || (await currentSettings()).demo)
    return allowed ? demoBank() : undefined
  }
  if (!YOOKASSA_SHOP_ID || !YOOKASSA_SECRET_KEY) return undefined
  return yookassa({ shopId: YOOKASSA_SHOP_ID, secretKey: YOOKASSA_SECRET_KEY, url: YOOKASSA_URL })
}
