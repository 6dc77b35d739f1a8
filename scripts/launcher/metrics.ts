import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { db, pool } from '../../db/client'
import { logProblem } from '../../lib/log'
import { classify } from '../../lib/session/gate'
import { type Figures, figuresOf } from '../../lib/worker/figures'

const registry = new Registry()
collectDefaultMetrics({ register: registry })

/** By what a request was for and how it ended; never by its address, which may hold a token. */
const requests = new Histogram({
  name: 'kabinet_request_seconds',
  help: 'How long requests took',
  labelNames: ['area', 'status'],
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
})

const connections = new Gauge({
  name: 'kabinet_database_connections',
  help: 'Connections of this process to the database, and requests that wait for one',
  labelNames: ['state'],
  registers: [registry],
  collect: () => {
    const { totalCount, idleCount, waitingCount } = pool()
    connections.set({ state: 'busy' }, totalCount - idleCount)
    connections.set({ state: 'idle' }, idleCount)
    connections.set({ state: 'wanted' }, waitingCount)
  },
})

const gauge = (name: string, help: string) =>
  new Gauge({ name: `kabinet_${name}`, help, registers: [registry] })
const answers = gauge('database_up', 'Whether the database answers')
const waiting: readonly (readonly [Gauge, (of: Figures) => number])[] = [
  [gauge('jobs_due', 'Jobs that are due and nobody has taken'), (of) => of.jobsDue],
  [gauge('jobs_late_seconds', 'How long the longest of them has been due'), (of) => of.jobsLate],
  [gauge('jobs_given_up', 'Jobs that failed as often as they may'), (of) => of.jobsGivenUp],
  [gauge('letters_waiting', 'Letters not sent yet'), (of) => of.lettersWaiting],
  [gauge('texts_waiting', 'SMS not sent yet'), (of) => of.textsWaiting],
  [gauge('payments_open', 'Payments whose outcome is not known yet'), (of) => of.paymentsOpen],
  [gauge('payments_quarantined', 'Payments a person has to look at'), (of) => of.paymentsQuarantined],
]

/** Counts a request when it is over. */
export function count(request: IncomingMessage, response: ServerResponse): void {
  const stop = requests.startTimer()
  response.once('close', () => {
    const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'broken off'
    stop({ area: areaOf(request.url ?? '/'), status })
  })
}

function areaOf(url: string): string {
  const [path = '/'] = url.split('?')
  return path.startsWith('/_next/') ? 'files' : (classify(path) ?? 'other')
}

/** Tells the figures of this process and of what waits in the database, at `/api/metrics` and to programs of this machine alone. */
export function serveMetrics(port: number): Server {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/api/metrics') {
      response.writeHead(404).end()
      return
    }
    void told().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text))
  })
  server.on('error', (error) => logProblem('metrics: not served', error))
  return server.listen(port, '127.0.0.1')
}

async function told(): Promise<string> {
  try {
    const figures = await figuresOf(db())
    for (const [gauge, figure] of waiting) gauge.set(figure(figures))
    answers.set(1)
  } catch (error) {
    logProblem('metrics: the database does not answer', error)
    // What was last known would look like news.
    for (const [gauge] of waiting) gauge.set(Number.NaN)
    answers.set(0)
  }
  return registry.metrics()
}
