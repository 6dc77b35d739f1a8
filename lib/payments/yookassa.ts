import type { z } from 'zod'
import type { Answer, Order, Provider, RefundOrder } from './provider'
import { paymentBody, refundBody } from './yookassa-order'
import { errorShape, listShape, paymentShape, readNotification, refundShape } from './yookassa-shapes'

/** How to reach the shop at ЮKassa. */
export interface Shop {
  shopId: string
  secretKey: string
  /** `https://api.yookassa.ru/v3` */
  url: string
  /** How long an answer is waited for, ms. */
  patience?: number
}

/** Payers do not wait that long (`start.ts`, `refresh.ts`); a later answer still counts. */
const PATIENCE = 6_000
/** Nobody waits for a page of the list. */
const LIST_PATIENCE = 20_000
const PAGE = 100
/** Pages of a list that are asked for before something must be wrong. */
const MOST_PAGES = 2_000

/** ЮKassa, API version 3. */
export function yookassa(shop: Shop): Provider {
  return {
    name: 'yookassa',
    create: async (order) => createPayment(shop, order),
    fetch: (id) => ask(shop, paymentShape, { path: `/payments/${encodeURIComponent(id)}` }),
    refund: (order) => createRefund(shop, order),
    refundsOf: (id) => listAll(shop, refundShape, `/refunds?payment_id=${encodeURIComponent(id)}`),
    list: (since, until) => listAll(shop, paymentShape, `/payments?${between(since, until)}`),
    readHint: readNotification,
  }
}

async function createPayment(shop: Shop, order: Order) {
  if (!order.payee) return { kind: 'refused', code: 'no_requisites' } as const
  const body = paymentBody(order, order.payee)
  return ask(shop, paymentShape, { path: '/payments', body, key: order.idempotenceKey })
}

function createRefund(shop: Shop, order: RefundOrder) {
  return ask(shop, refundShape, { path: '/refunds', body: refundBody(order), key: order.idempotenceKey })
}

function between(since: Date, until: Date): string {
  return new URLSearchParams({
    'created_at.gte': since.toISOString(),
    'created_at.lt': until.toISOString(),
  }).toString()
}

async function listAll<Item extends z.ZodType>(
  shop: Shop,
  item: Item,
  path: string,
): Promise<Answer<z.output<Item>[]>> {
  const found: z.output<Item>[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const answer = await ask(shop, listShape(item), {
      path: `${path}&limit=${PAGE}${next}`,
      patience: shop.patience ?? LIST_PATIENCE,
    })
    if (answer.kind !== 'done') return answer
    found.push(...answer.value.items)
    cursor = answer.value.next_cursor
    if (!cursor) return { kind: 'done', value: found }
  }
  return { kind: 'unknown', code: 'endless_list' }
}

interface Request {
  path: string
  body?: object
  key?: string
  patience?: number
}

/** One request: Basic authorization, a time for the whole answer, and every way it can go told apart. */
async function ask<Shape extends z.ZodType>(
  { shopId, secretKey, url, patience: ours = PATIENCE }: Shop,
  shape: Shape,
  { path, body, key, patience = ours }: Request,
): Promise<Answer<z.output<Shape>>> {
  try {
    const response = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
      headers: {
        authorization: `Basic ${Buffer.from(`${shopId}:${secretKey}`).toString('base64')}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotence-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return read(response.status, await response.text(), shape)
  } catch (error) {
    return { kind: 'unknown', code: error instanceof Error ? error.name : 'network' }
  }
}

function read<Shape extends z.ZodType>(status: number, text: string, shape: Shape): Answer<z.output<Shape>> {
  if (status === 429) return { kind: 'busy' }
  const body = parsed(text)
  if (status >= 400 && status < 500)
    return { kind: 'refused', code: errorShape.safeParse(body).data?.code ?? `http_${status}` }
  if (status !== 200) return { kind: 'unknown', code: `http_${status}` }
  const value = shape.safeParse(body)
  return value.success ? { kind: 'done', value: value.data } : { kind: 'unknown', code: 'unreadable' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
