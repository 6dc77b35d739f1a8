import http, { type IncomingMessage, type ServerResponse } from 'node:http'

/** An address nothing is served at: its answer is the page «Такой страницы нет», whole as it leaves the server. */
const NOWHERE = '/not-here'

/**
 * Answers a page that says «not found» while it is being made with the whole page that says so. The framework's own answer is
 * an empty one, to be filled by scripts: without them a person would see nothing.
 */
export function answerNotFoundWhole(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' || request.headers.rsc !== undefined || request.url === NOWHERE) return
  const { write, end } = response
  const isEmpty = () =>
    response.statusCode === 404 && String(response.getHeader('content-type')).startsWith('text/html')
  const restore = () => Object.assign(response, { write, end })
  let replaced = false
  const replace = () => {
    if (replaced) return
    replaced = true
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    passOn(request, response, restore)
  }
  Object.assign(response, {
    flushHeaders: () => undefined,
    write: (...args: Parameters<typeof write>) => {
      if (!replaced && !isEmpty()) {
        restore()
        return write.apply(response, args)
      }
      replace()
      return true
    },
    end: (...args: Parameters<typeof end>) => {
      if (!replaced && !isEmpty()) {
        restore()
        return end.apply(response, args)
      }
      replace()
      return response
    },
  })
}

/** Asks ourselves for the page, in the name of the same visitor. */
function passOn(request: IncomingMessage, response: ServerResponse, restore: () => void): void {
  const headers = { ...request.headers, 'accept-encoding': 'identity' }
  const { localAddress: host, localPort: port } = request.socket
  http
    .get({ host, port, path: NOWHERE, headers }, (page) => {
      restore()
      for (const [name, value] of Object.entries(page.headers))
        if (value !== undefined && name !== 'connection' && name !== 'keep-alive')
          response.setHeader(name, value)
      response.statusCode = 404
      page.pipe(response)
    })
    .on('error', () => {
      restore()
      response.end()
    })
}
