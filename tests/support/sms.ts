import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with the next request; a number is a status code of sms.ru, for the whole request or for its number. */
export type SmsFailure =
  | { request: number }
  | { number: number }
  | 'hang-after'
  | 'reset-before'
  | '503'
  | '500'
  | 'bad-json'

/** A text in the provider's own record. */
export interface TakenText {
  id: string
  to: string
  text: string
}

const API_ID = 'TEST-API-ID'

/** A provider on loopback that answers like sms.ru, keeps a record of what it took, and fails as it is told to. */
export class TestSms {
  /** What was taken, in turn. */
  readonly taken: TakenText[] = []
  /** Addresses that were asked for, with their query. */
  readonly asked: string[] = []
  private readonly failures: SmsFailure[] = []
  private balance = 100

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestSms> {
    const server = createServer((request, response) => void provider.answer(request, response))
    const provider = new TestSms(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return provider
  }

  get access() {
    const { port } = this.server.address() as AddressInfo
    return { apiId: API_ID, url: `http://127.0.0.1:${port}`, patience: 300 }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** The next requests go wrong like that, one each. */
  fail(...failures: SmsFailure[]): void {
    this.failures.push(...failures)
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`)
    let body = ''
    for await (const part of request) body += String(part)
    const form = new URLSearchParams(body)
    const failure = this.failures.shift()
    if (failure === 'reset-before') return void request.socket.destroy()
    if (failure === '503') return void response.writeHead(503).end()
    if (form.get('api_id') !== API_ID) return reply(response, refusal(301))
    if (typeof failure === 'object' && 'request' in failure) return reply(response, refusal(failure.request))
    const to = form.get('to') ?? ''
    if (typeof failure === 'object')
      return reply(response, this.accepted(to, { status: 'ERROR', status_code: failure.number }))
    const id = `${202600 + this.taken.length}-1000000`
    this.taken.push({ id, to, text: form.get('msg') ?? '' })
    this.balance -= 4.5
    if (failure === 'hang-after') return
    if (failure === '500') return void response.writeHead(500).end('<html>')
    if (failure === 'bad-json') return void response.writeHead(200).end('{"status":"OK"')
    reply(response, this.accepted(to, { status: 'OK', status_code: 100, sms_id: id }))
  }

  private accepted(to: string, one: object) {
    return { status: 'OK', status_code: 100, sms: { [to]: one }, balance: this.balance }
  }
}

function refusal(code: number) {
  return { status: 'ERROR', status_code: code, status_text: 'refused' }
}

function reply(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
