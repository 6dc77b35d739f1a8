/** What a browser without JavaScript does with a page's form: the hidden fields go along, cookies are kept. */
export class Visitor {
  private readonly cookies = new Map<string, string>()

  /** `extra`: headers of every request, as a proxy before the service would add them. */
  constructor(
    private readonly origin: string,
    private readonly extra: Readonly<Record<string, string>> = {},
  ) {}

  /** Opens a page. Redirects are not followed. */
  async get(path: string): Promise<Response> {
    return this.keep(await fetch(this.origin + path, { headers: this.headers(), redirect: 'manual' }))
  }

  /** Sends the first form of a page. */
  async send(path: string, page: string, typed: Record<string, string>): Promise<Response> {
    const body = new FormData()
    for (const [, name = '', value = ''] of page.matchAll(HIDDEN))
      body.append(name, value.replaceAll('&quot;', '"'))
    for (const [name, value] of Object.entries(typed)) body.append(name, value)
    const headers = { ...this.headers(), origin: this.origin }
    const signal = AbortSignal.timeout(10_500)
    return this.keep(
      await fetch(this.origin + path, { method: 'POST', body, headers, redirect: 'manual', signal }),
    )
  }

  /** Signs in by the ordinary page. @throws Error when that is refused */
  async signIn({ login, password }: { login: string; password: string }): Promise<void> {
    const page = await (await this.get('/personal/login')).text()
    const answer = await this.send('/personal/login', page, { login, password })
    if (answer.status !== 303) throw new Error(`signing in was answered ${answer.status}`)
  }

  headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { ...this.extra, cookie }
  }

  private keep(answer: Response): Response {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      this.cookies.set(name, value.join('='))
    }
    return answer
  }
}

const HIDDEN = /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g
