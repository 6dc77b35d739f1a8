import { type Field, type PageForm, readPage } from './html'

/** One answer of the service to somebody who walks through it. */
export interface Step {
  method: 'GET' | 'POST'
  /** Path and query that were asked for. */
  address: string
  status: number
  body: string
  /** Where the answer sends the browser. */
  location: string
}

/** What to put into a field; a `Blob` for a file; undefined leaves it out, as an empty tick is. */
export type Typist = (field: Field) => string | Blob | undefined

type Button = PageForm['buttons'][number]

interface Route {
  within: RegExp
  skip: (form: PageForm) => boolean
  typists: readonly Typist[]
}

/**
 * Somebody who walks through a service as a browser without JavaScript would: opens what pages lead to, and sends every form
 * it meets, filled by `typist`. Keeps everything it was answered.
 */
export class Walker {
  readonly steps: Step[] = []
  private readonly cookies = new Map<string, string>()

  constructor(
    private readonly origin: string,
    private readonly address: string,
  ) {}

  /** Puts a cookie in, as an answer would. */
  keep(name: string, value: string): void {
    this.cookies.set(name, value)
  }

  /** Opens an address; follows no redirect. */
  async get(address: string): Promise<Step> {
    const step = await this.ask('GET', address)
    // «Сервис временно недоступен»: a machine with too much to do; people open the page again.
    return step.status === 503 ? this.ask('GET', address) : step
  }

  /** Sends a form that stood at an address. @returns the page it leads to, or its own answer where it leads nowhere */
  async send(address: string, form: PageForm, typist: Typist, button?: Button): Promise<Step> {
    const body = new FormData()
    for (const field of form.fields) {
      const value = ['hidden', 'submit'].includes(field.kind) ? field.value : typist(field)
      if (value !== undefined) body.append(field.name, value)
    }
    if (button) body.append(button.name, button.value)
    const answer = await this.ask('POST', form.action || address, body)
    return answer.location ? this.get(this.inside(answer.location) ?? '/') : answer
  }

  /** Opens a page and sends its first form that has a field of that name. */
  async sendFrom(address: string, fieldName: string, typist: Typist): Promise<Step> {
    const { body } = await this.get(address)
    const form = readPage(body).forms.find(({ fields }) => fields.some(({ name }) => name === fieldName))
    if (!form) throw new Error(`${address} has no form with a field ${fieldName}`)
    return this.send(address, form, typist)
  }

  /**
   * Walks from these addresses through all they lead to within `within`, a few of each shape of address, and sends each kind of
   * form once by each typist. `skip` keeps it from forms that would end the walk.
   */
  async walk(from: readonly string[], route: Route): Promise<void> {
    const queue = [...from]
    const met = new Map<string, number>()
    const sent = new Set<string>()
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      const shape = shapeOf(address)
      const times = met.get(shape) ?? 0
      if (times >= OF_ONE_SHAPE || this.steps.some((step) => step.address === address && times > 0)) continue
      met.set(shape, times + 1)
      const page = await this.get(address)
      queue.push(...this.leads(page, route.within))
      queue.push(...(await this.sendForms(page, route, sent)))
    }
  }

  /** Sends the forms of a page, and those of the pages that answer. @returns where it all leads */
  private async sendForms(page: Step, route: Route, sent: Set<string>): Promise<string[]> {
    const leads: string[] = []
    for (const form of formsOf(page)) {
      const kind = `${shapeOf(page.address)} ${form.fields.map(({ name }) => shapeOf(name)).join()} ${form.words}`
      if (!form.post || sent.has(kind) || route.skip(form)) continue
      sent.add(kind)
      for (const typist of route.typists)
        for (const button of form.buttons.length > 0 ? form.buttons : [undefined]) {
          const after = await this.send(page.address, form, typist, button)
          leads.push(...this.leads(after, route.within), ...(await this.sendForms(after, route, sent)))
        }
    }
    return leads
  }

  private leads(page: Step, within: RegExp): string[] {
    const links = isPage(page) ? readPage(page.body).links : []
    return [page.location, page.method === 'GET' ? page.address : '', ...links].flatMap((link) => {
      const inside = link && this.inside(link)
      return inside && within.test(inside) ? [inside] : []
    })
  }

  private inside(link: string): string | undefined {
    const url = new URL(link, this.origin)
    return url.origin === this.origin ? url.pathname + url.search : undefined
  }

  private async ask(method: 'GET' | 'POST', address: string, body?: FormData): Promise<Step> {
    const answer = await fetch(this.origin + address, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: this.origin,
        'x-forwarded-for': this.address,
      },
      signal: AbortSignal.timeout(20_000),
      ...(body ? { body } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      this.cookies.set(name, value.join('='))
    }
    const location = answer.headers.get('location') ?? ''
    const step = { method, address, status: answer.status, body: await answer.text(), location }
    this.steps.push(step)
    return step
  }
}

/** Addresses of one page, whatever its object: `/admin/people/8f… → /admin/people/*`. */
export function shapeOf(address: string): string {
  return address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '*').replace(/=[^&]*/g, '=')
}

const OF_ONE_SHAPE = 2

function isPage({ status, body }: Step): boolean {
  return status < 400 && body.startsWith('<!')
}

function formsOf(page: Step): PageForm[] {
  return isPage(page) ? readPage(page.body).forms : []
}
