import http, { type IncomingMessage, type ServerResponse } from 'node:http'

/** An address nothing is served at: its answer is the page «Такой страницы нет», whole as it leaves the server. */
const NOWHERE = '/not-here'

/**
 * Answers a page that says «not found» while it is being made with the whole page that says so. The framework's own answer is
 * an empty one, to be filled by scripts: without them a person would see nothing.
 */
export function answerNotFoundWhole(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' || request.headers.rsc !== undefined || request.url === NOWHERE) return
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  const flushHeaders = response.flushHeaders.bind(response)
  // Decided when the first of it would leave: whatever wraps these two later stays where it is.
  let replaced: boolean | undefined
  const isReplaced = () => {
    replaced ??=
      response.statusCode === 404 &&
      !response.headersSent &&
      String(response.getHeader('content-type')).startsWith('text/html') &&
      passOn(request, response, { write, end })
    return replaced
  }
  Object.assign(response, {
    flushHeaders: () => {
      if (!isReplaced()) flushHeaders()
    },
    write: (...args: Parameters<typeof write>) => (isReplaced() ? true : write(...args)),
    end: (...args: Parameters<typeof end>) => (isReplaced() ? response : end(...args)),
  })
}

/** Asks ourselves for the page, in the name of the same visitor, and sends it instead. */
function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { write, end }: Pick<ServerResponse, 'write' | 'end'>,
): true {
  const { localAddress: host, localPort: port } = request.socket
  const headers = { ...request.headers, 'accept-encoding': 'identity' }
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  const page = http.get({ host, port, path: NOWHERE, headers }, (answer) => {
    response.statusCode = 404
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined && !HOP.has(name)) response.setHeader(name, value)
    answer.on('data', (bytes: Buffer) => write(bytes))
    answer.on('end', () => end())
  })
  page.on('error', () => end())
  return true
}

/** Headers of one connection, not of the page. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding'])
