import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { kopecksOf, paymentBody, refundBody, rublesOf } from './provider-shapes'

/** What can be asked of the provider. */
export type Operation = 'create' | 'fetch' | 'refund' | 'list'
/**
 * How an answer goes wrong. `timeout-before`, `500-before`, `429`, `refuse`: nothing happens at the provider.
 * `timeout-after`, `500-after`, `bad-json`: it happens, and the answer is lost.
 */
export type Failure =
  | 'timeout-before'
  | 'timeout-after'
  | '429'
  | '500-before'
  | '500-after'
  | 'bad-json'
  | 'refuse'

/** Every failure that leaves it unknown whether it happened, or puts it off. */
export const lostAnswers: readonly Failure[] = [
  'timeout-before',
  'timeout-after',
  '429',
  '500-before',
  '500-after',
  'bad-json',
]

/** A payment in the provider's own record. */
export interface ProviderPayment {
  id: string
  status: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled'
  /** Kopecks. */
  amount: bigint
  currency: string
  order: string | undefined
  createdAt: Date
  capturedAt: Date | undefined
}
/** A refund in the provider's own record. */
export interface ProviderRefund {
  id: string
  paymentId: string
  amount: bigint
  description: string
  createdAt: Date
}

const SHOP = { shopId: '100500', secretKey: 'test_secret' }

/** A provider on loopback that answers like API v3 of ЮKassa, keeps a record of its own, and fails as it is told to. */
export class TestProvider {
  readonly payments = new Map<string, ProviderPayment>()
  readonly refunds = new Map<string, ProviderRefund>()
  /** Of every request in turn: what was asked, and under which key. */
  readonly requests: { operation: Operation; key: string | undefined }[] = []
  /** Called when a request has come, before anything happens. */
  reached: (operation: Operation) => void = () => undefined
  private readonly answers = new Map<string, { body: string; id: string }>()
  private readonly failures: { operation: Operation; failure: Failure }[] = []

  private url = ''

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestProvider> {
    const server = createServer((request, response) => void provider.answer(request, response))
    const provider = new TestProvider(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`
    return provider
  }

  get shop() {
    return { ...SHOP, url: this.url }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** The next `times` requests of that kind go wrong like that. */
  fail(operation: Operation, failure: Failure, times = 1): void {
    for (let time = 0; time < times; time++) this.failures.push({ operation, failure })
  }

  /** Nothing goes wrong any more. */
  heal(): void {
    this.failures.length = 0
  }

  /** The payer pays. */
  pay(id: string): void {
    this.change(id, { status: 'succeeded', capturedAt: new Date() })
  }

  /** The payer gives up, or the hour is over. */
  cancel(id: string): void {
    this.change(id, { status: 'canceled' })
  }

  change(id: string, change: Partial<ProviderPayment>): void {
    Object.assign(this.paymentAt(id), change)
  }

  paymentAt(id: string): ProviderPayment {
    const found = this.payments.get(id)
    if (!found) throw new Error('no such payment at the provider')
    return found
  }

  /** The payments it has for an order of ours. */
  ofOrder(order: string): ProviderPayment[] {
    return [...this.payments.values()].filter((payment) => payment.order === order)
  }

  /** What it would notify of, as it stands. */
  notificationOf(id: string): string {
    const { status } = this.paymentAt(id)
    return JSON.stringify({ type: 'notification', event: `payment.${status}`, object: this.bodyOf(id) })
  }

  /** A refund made by hand in the provider's own cabinet. */
  refundByHand(paymentId: string, amount: bigint): string {
    return this.keepRefund(paymentId, amount, 'Возврат вручную')
  }

  /** Money it holds for us: taken, less given back. */
  get holds(): bigint {
    let sum = 0n
    for (const { status, amount } of this.payments.values()) if (status === 'succeeded') sum += amount
    for (const { amount } of this.refunds.values()) sum -= amount
    return sum
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://provider')
    const body = await textOf(request)
    const operation = operationOf(request.method ?? '', url)
    const key = request.headers['idempotence-key']
    this.requests.push({ operation, key: typeof key === 'string' ? key : undefined })
    this.reached(operation)
    const failure = this.takeFailure(operation)
    if (failure === 'timeout-before') return
    if (failure === '429') return send(response, 429, { code: 'too_many_requests' })
    if (failure === '500-before') return send(response, 500, { code: 'internal_server_error' })
    if (failure === 'refuse') return send(response, 400, { code: 'invalid_request' })
    const authorization = `Basic ${Buffer.from(`${SHOP.shopId}:${SHOP.secretKey}`).toString('base64')}`
    if (request.headers.authorization !== authorization)
      return send(response, 401, { code: 'invalid_credentials' })
    const [status, answer] = this.act(operation, url, body, key)
    if (failure === 'timeout-after') return
    if (failure === '500-after') return send(response, 500, { code: 'internal_server_error' })
    if (failure === 'bad-json') return void response.writeHead(200).end('{"id": "2d')
    send(response, status, answer)
  }

  private takeFailure(operation: Operation): Failure | undefined {
    const place = this.failures.findIndex((one) => one.operation === operation)
    return place < 0 ? undefined : this.failures.splice(place, 1)[0]?.failure
  }

  private act(operation: Operation, url: URL, body: string, key: unknown): [number, object] {
    if (operation === 'fetch') {
      const id = url.pathname.split('/').at(-1) ?? ''
      return this.payments.has(id) ? [200, this.bodyOf(id)] : [404, { code: 'not_found' }]
    }
    if (operation === 'list') return [200, this.listOf(url)]
    if (typeof key !== 'string' || key.length > 64) return [400, { code: 'invalid_request' }]
    const earlier = this.answers.get(key)
    if (earlier) {
      if (earlier.body !== body) return [400, { code: 'invalid_request' }]
      return [200, operation === 'create' ? this.bodyOf(earlier.id) : this.refundBodyOf(earlier.id)]
    }
    return operation === 'create' ? this.create(body, key) : this.refund(body, key)
  }

  private create(body: string, key: string): [number, object] {
    const asked = paymentBody.safeParse(JSON.parse(body))
    if (!asked.success) return [400, { code: 'invalid_request' }]
    const id = randomUUID()
    this.answers.set(key, { body, id })
    const { amount, metadata } = asked.data
    this.payments.set(id, {
      id,
      status: 'pending',
      amount: kopecksOf(amount.value),
      currency: 'RUB',
      order: metadata.order,
      createdAt: new Date(),
      capturedAt: undefined,
    })
    return [200, this.bodyOf(id)]
  }

  private refund(body: string, key: string): [number, object] {
    const asked = refundBody.safeParse(JSON.parse(body))
    const payment = asked.data && this.payments.get(asked.data.payment_id)
    if (!asked.data || payment?.status !== 'succeeded') return [400, { code: 'invalid_request' }]
    const amount = kopecksOf(asked.data.amount.value)
    if (this.refundedOf(payment.id) + amount > payment.amount) return [400, { code: 'invalid_request' }]
    const id = this.keepRefund(payment.id, amount, asked.data.description)
    this.answers.set(key, { body, id })
    return [200, this.refundBodyOf(id)]
  }

  private keepRefund(paymentId: string, amount: bigint, description: string): string {
    const id = randomUUID()
    this.refunds.set(id, { id, paymentId, amount, description, createdAt: new Date() })
    return id
  }

  private refundedOf(paymentId: string): bigint {
    let sum = 0n
    for (const refund of this.refunds.values()) if (refund.paymentId === paymentId) sum += refund.amount
    return sum
  }

  /** Two to a page, so that pages are gone through. */
  private listOf(url: URL): object {
    const { searchParams } = url
    const of = searchParams.get('payment_id')
    const since = new Date(searchParams.get('created_at.gte') ?? 0)
    const until = new Date(searchParams.get('created_at.lt') ?? 8.64e15)
    const all = of
      ? [...this.refunds.values()].filter((one) => one.paymentId === of)
      : [...this.payments.values()].filter((one) => one.createdAt >= since && one.createdAt < until)
    const from = Number(searchParams.get('cursor') ?? 0)
    // Short pages, so that there are several; not so many that listing is all the provider does.
    const end = from + Math.max(2, Math.ceil(all.length / 5))
    const next = end < all.length ? { next_cursor: String(end) } : {}
    const items = all.slice(from, end).map(({ id }) => (of ? this.refundBodyOf(id) : this.bodyOf(id)))
    return { type: 'list', items, ...next }
  }

  private bodyOf(id: string): object {
    const { status, amount, currency, order, createdAt, capturedAt } = this.paymentAt(id)
    const pays = { type: 'redirect', confirmation_url: `${this.shop.url}/pay/${id}` }
    return {
      id,
      status,
      amount: { value: rublesOf(amount), currency },
      created_at: createdAt.toISOString(),
      ...(capturedAt ? { captured_at: capturedAt.toISOString() } : {}),
      ...(status === 'pending' ? { confirmation: pays } : {}),
      ...(status === 'canceled' ? { cancellation_details: { reason: 'expired_on_confirmation' } } : {}),
      metadata: order ? { order } : {},
      paid: status === 'succeeded',
      refunded_amount: { value: rublesOf(this.refundedOf(id)), currency },
    }
  }

  private refundBodyOf(id: string): object {
    const found = this.refunds.get(id)
    if (!found) throw new Error('no such refund at the provider')
    const { paymentId, amount, description, createdAt } = found
    return {
      id,
      payment_id: paymentId,
      status: 'succeeded',
      amount: { value: rublesOf(amount), currency: 'RUB' },
      created_at: createdAt.toISOString(),
      description,
    }
  }
}

function operationOf(method: string, url: URL): Operation {
  if (method === 'POST') return url.pathname.endsWith('/refunds') ? 'refund' : 'create'
  return /\/(payments|refunds)$/.test(url.pathname) ? 'list' : 'fetch'
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
