import { DomUtils, parseDocument } from 'htmlparser2'

type Node = ReturnType<typeof parseDocument>
type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>

/** A field as a browser without JavaScript would send it. */
export interface Field {
  name: string
  kind: string
  value: string
  /** Of lists and radio buttons. */
  options: string[]
}

/** A form of a page; `post` ones are actions of the server. */
export interface PageForm {
  post: boolean
  action: string
  fields: Field[]
  /** Its buttons that carry a name: each is another act. */
  buttons: { name: string; value: string }[]
  words: string
}

/** What a page says and where it leads. */
export interface ReadPage {
  /** What a person sees: words and the values of fields. */
  seen: string
  links: string[]
  forms: PageForm[]
}

const CODE = ['script', 'style', 'template']

/** Reads a page as a browser without JavaScript does. */
export function readPage(html: string): ReadPage {
  const page = parseDocument(html)
  const main = DomUtils.findOne(({ name }) => name === 'body', page.children) ?? page
  return {
    seen: seenIn(main),
    links: all(main, 'a').map((link) => link.attribs.href ?? ''),
    forms: all(main, 'form').map(formOf),
  }
}

function all(within: Node | Element, ...names: string[]): Element[] {
  return DomUtils.findAll(({ name }) => names.includes(name), within.children)
}

function seenIn(node: Node | Element): string {
  const shown = DomUtils.find(
    (one) => one.type === 'text' && !isCode(one.parent),
    node.children,
    true,
    Number.POSITIVE_INFINITY,
  )
  const values = all(node, 'input').map(({ attribs }) => attribs.value ?? '')
  return [...shown.map((one) => DomUtils.textContent(one)), ...values].join(' ')
}

function isCode(parent: object | null): boolean {
  return parent !== null && 'name' in parent && CODE.includes(String(parent.name))
}

function formOf(form: Element): PageForm {
  const named = all(form, 'input', 'textarea', 'select').filter(({ attribs }) => attribs.name)
  return {
    post: (form.attribs.method ?? '').toLowerCase() === 'post' || form.attribs.enctype !== undefined,
    action: form.attribs.action ?? '',
    fields: named.map(fieldOf),
    buttons: all(form, 'button').flatMap(({ attribs }) =>
      attribs.name ? [{ name: attribs.name, value: attribs.value ?? '' }] : [],
    ),
    words: DomUtils.textContent(form),
  }
}

function fieldOf(field: Element): Field {
  const { name = '', type, value = '' } = field.attribs
  const kind = field.name === 'input' ? (type ?? 'text') : field.name
  const options = all(field, 'option').map((option) => option.attribs.value ?? DomUtils.textContent(option))
  return { name, kind, value: field.name === 'textarea' ? DomUtils.textContent(field) : value, options }
}
