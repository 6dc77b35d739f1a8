import { createServer, type Server, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import next from 'next'
import { env } from '../lib/env'
import { headersEverywhere } from '../lib/session/headers'
import { type Exchange, keepExchange } from './launcher/exchange'
import { EXIT, reportAndExit } from './launcher/exit'
import { forgetForwarding } from './launcher/forwarding'
import { METHODS, type Refusal, refusalOf } from './launcher/front-door'
import { count, serveMetrics } from './launcher/metrics'
import { answerNotFoundWhole } from './launcher/not-found'
import { scrubConsole } from './launcher/scrub-console'

declare global {
  /** Set by instrumentation.ts: lets the running jobs finish. */
  var stopWorker: (() => Promise<void>) | undefined
}

const FINISH_WITHIN = 10_000
const FINISH_BROKEN_WITHIN = 1_000
const LOST_CONNECTION = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ABORT_ERR', 'ERR_STREAM_PREMATURE_CLOSE']

/** The production server: pages, actions and background jobs in one process, the exchange in one beside it. */
async function serve(): Promise<void> {
  const { TRUSTED_PROXIES, METRICS_PORT } = checkedEnv()
  scrubConsole()
  const port = Number(process.env.PORT || 3000)
  const app = next({ dev: false, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer((request, response) => {
    count(request, response)
    if (TRUSTED_PROXIES === 0) forgetForwarding(request.headers, request.socket.remoteAddress)
    for (const [name, value] of headersEverywhere()) response.setHeader(name, value)
    const refusal = refusalOf(request)
    if (refusal) refuse(response, refusal)
    else {
      answerNotFoundWhole(request, response)
      void handle(request, response)
    }
  })
  endWith(server, keepExchange())
  if (METRICS_PORT) serveMetrics(METRICS_PORT)
  await listen(server, port)
  process.send?.('ready')
}

/** What is left of the body is read and dropped by Node: a browser still sending it would not see the answer. */
function refuse(response: ServerResponse, { status, words }: Refusal): void {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, status === 405 ? { ...headers, allow: METHODS.join(', ') } : headers)
  response.end(words)
}

function checkedEnv() {
  try {
    return env()
  } catch (error) {
    return reportAndExit(error, EXIT.misconfigured)
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE')
        reportAndExit(new Error(`Port ${port} is taken by another program.`), EXIT.portTaken)
      reject(error)
    })
    server.listen(port, process.env.HOST || undefined, resolve)
  })
}

/** Ends on a signal, and when the launcher that started us is gone; a state nobody foresaw ends the process too. */
function endWith(server: Server, exchange: Exchange): void {
  let ending = false
  const end = (code: number, within: number) => {
    if (ending) return
    ending = true
    void finish(server, exchange, within).finally(() => process.exit(code))
  }
  process.on('SIGTERM', () => end(0, FINISH_WITHIN))
  process.on('SIGINT', () => end(0, FINISH_WITHIN))
  process.on('disconnect', () => end(0, FINISH_WITHIN))
  process.on('uncaughtException', (error) => {
    if (!isLostConnection(error)) end(EXIT.broken, FINISH_BROKEN_WITHIN)
  })
}

/** A visitor who closes the page while sending a form is no reason to end. Next has logged the error already. */
function isLostConnection(error: Error): boolean {
  return 'code' in error && LOST_CONNECTION.some((code) => code === error.code)
}

async function finish(server: Server, exchange: Exchange, within: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  await Promise.race([closed, pause(within)])
  server.closeAllConnections()
  await Promise.race([Promise.all([globalThis.stopWorker?.(), exchange.stop()]), pause(within)])
}

await serve()
