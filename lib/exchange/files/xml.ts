import { BrokenFileError } from './source'

/** Longest element kept in memory at once: a row of a sheet, a shared string. */
const LONGEST = 2_000_000
const FORBIDDEN = /<!(?:DOCTYPE|ENTITY)/i
const NOT_XML = 'Файл повреждён: внутри XLSX неверная разметка'

/** The whole text of a small part. @throws BrokenFileError when it is not small, or defines entities */
export async function wholeText(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length > LONGEST) throw new BrokenFileError(0, NOT_XML)
  }
  refuseEntities(text)
  return text
}

/** Documents that define entities are refused: no spreadsheet program writes them, and they can be used to read our files. */
function refuseEntities(text: string): void {
  if (FORBIDDEN.test(text))
    throw new BrokenFileError(0, 'Внутри XLSX объявлены внешние сущности (DTD): такой файл не принимается')
}

/** An element: its attributes as written, and what stands inside it. */
export interface Element {
  attributes: string
  inner: string
}

/** The elements of that name one after another; they do not nest. Any namespace prefix will do. */
export async function* elements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<Element> {
  let text = ''
  for await (const piece of pieces) {
    // A forbidden mark may be cut in two: what is left of the text before it is kept below.
    text += piece
    refuseEntities(text)
    let from = 0
    for (let found = nextElement(text, name, from); found; found = nextElement(text, name, from)) {
      yield found
      from = found.end
    }
    const open = openingOf(text, name, from)
    text = open < 0 ? text.slice(Math.max(from, text.length - 64)) : text.slice(open)
    if (text.length > LONGEST) throw new BrokenFileError(0, NOT_XML)
  }
  if (openingOf(text, name, 0) >= 0) throw new BrokenFileError(0, NOT_XML)
}

/** The next element of that name in a text that is whole, or undefined when there is none or it is not all there. */
export function nextElement(
  text: string,
  name: string,
  from: number,
): (Element & { end: number }) | undefined {
  const open = openingOf(text, name, from)
  const close = open < 0 ? -1 : text.indexOf('>', open)
  if (close < 0) return undefined
  const head = text.slice(open + 1, close)
  const tag = /^[^\s/>]+/.exec(head)?.[0] ?? name
  if (head.endsWith('/')) return { attributes: head.slice(tag.length, -1), inner: '', end: close + 1 }
  const ending = `</${tag}>`
  const end = text.indexOf(ending, close)
  if (end < 0) return undefined
  return { attributes: head.slice(tag.length), inner: text.slice(close + 1, end), end: end + ending.length }
}

/** Where the next opening tag of that name starts, or −1. */
function openingOf(text: string, name: string, from: number): number {
  for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith(name, at + 1) ? endsName(text[at + 1 + name.length]) : isPrefixed(text, at, name))
      return at
  }
  return -1
}

function endsName(sign: string | undefined): boolean {
  return sign === undefined || sign === '>' || sign === '/' || /\s/.test(sign)
}

const PREFIX = /<[\w.-]{1,30}:/y

function isPrefixed(text: string, at: number, name: string): boolean {
  PREFIX.lastIndex = at
  return (
    PREFIX.test(text) &&
    text.startsWith(name, PREFIX.lastIndex) &&
    endsName(text[PREFIX.lastIndex + name.length])
  )
}

const attributePatterns = new Map<string, RegExp>()

/** The value of an attribute, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = attributePatterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    attributePatterns.set(name, pattern)
  }
  const found = pattern.exec(attributes)
  return found ? unescaped(found[1] ?? found[2] ?? '') : undefined
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Text with its references replaced. @throws BrokenFileError for a reference XML does not know */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (_, reference: string) => {
    if (!reference.startsWith('#')) {
      const sign = NAMED[reference]
      if (sign === undefined) throw new BrokenFileError(0, NOT_XML)
      return sign
    }
    const hex = reference[1]?.toLowerCase() === 'x'
    const code = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10)
    if (!isCharacter(code)) throw new BrokenFileError(0, NOT_XML)
    return String.fromCodePoint(code)
  })
}

/** What XML lets a document hold: no control characters, no halves of pairs. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0x10ffff)
}
