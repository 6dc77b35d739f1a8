import type { IncomingMessage } from 'node:http'

/** What a request is turned away with before the framework sees it. */
export interface Refusal {
  status: number
  words: string
}

/** Longest body of a form. What the framework itself takes is in next.config.ts; it answers longer ones with an error 500. */
const FORM_LIMIT = 1_000_000
/** Of a sheet of readings and of a new version of a document, which come with the answer to the ones before. */
const LONG_FORM = /^\/admin\/(readings\/sheet|documents\/[a-z]+\/new)$/
const LONG_LIMIT = 4_000_000
/** Counts and bounds what it takes by itself. */
const UPLOAD = '/admin/exchange/upload'

/** Requests no browser of ours sends, which the framework would answer with an error 500; undefined for the others. */
export function refusalOf({
  url = '/',
  method,
  headers,
}: Pick<IncomingMessage, 'url' | 'method' | 'headers'>): Refusal | undefined {
  const [path = '/'] = url.split('?')
  if (!isDecodable(path)) return { status: 400, words: 'Такого адреса нет: он набран с ошибкой.' }
  if (method !== 'POST' || path === UPLOAD) return undefined
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, words: 'Форма отправлена без указания длины.' }
  if (Number(headers['content-length'] ?? 0) > (LONG_FORM.test(path) ? LONG_LIMIT : FORM_LIMIT))
    return { status: 413, words: 'Форма слишком длинная. Вернитесь и сократите то, что написали.' }
  return undefined
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
