import type { IncomingMessage } from 'node:http'

/** What a request is turned away with before the framework sees it. */
export interface Refusal {
  status: number
  words: string
}

/** No page and no machine asks in another way; TRACE would send back what stands in the headers. */
export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST']

/** Longest body of a form. What the framework itself takes is in next.config.ts; it answers longer ones with an error 500. */
const FORM_LIMIT = 1_000_000
/** Of a sheet of readings and of a new version of a document, which come with the answer to the ones before. */
const LONG_FORM = /^\/admin\/(readings\/sheet|documents\/[a-z]+\/new)$/
const LONG_LIMIT = 4_000_000
/** Of forms with files, as lib/files/schema.ts bounds them, with what stands around the files. */
const FILES = /^\/personal\/(feedback|enquiries\/(new|\d+))$|^\/admin\/enquiries\/\d+$/
const FILES_LIMIT = 9_500_000
/** Of a scanned application: 5 MB and what stands around it. */
const SCAN = /^\/admin\/accounts\/[^/]+\/disconnect\/[^/]+$/
const SCAN_LIMIT = 5_500_000
/** These count and bound what they take by themselves. */
const UPLOADS = [
  '/admin/exchange/upload',
  '/admin/readings/photos/upload',
  '/personal/readings/photos/upload',
]

/** Requests no browser of ours sends, which the framework would answer with an error 500; undefined for the others. */
export function refusalOf({
  url = '/',
  method,
  headers,
}: Pick<IncomingMessage, 'url' | 'method' | 'headers'>): Refusal | undefined {
  if (!METHODS.includes(method ?? '')) return { status: 405, words: 'Так этот адрес не спрашивают.' }
  const [path = '/'] = url.split('?')
  if (!isDecodable(path)) return { status: 400, words: 'Такого адреса нет: он набран с ошибкой.' }
  if (method !== 'POST' || UPLOADS.includes(path)) return undefined
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, words: 'Форма отправлена без указания длины.' }
  if (Number(headers['content-length'] ?? 0) > limitOf(path)) return { status: 413, words: TOO_LONG }
  return undefined
}

const TOO_LONG =
  'Форма слишком длинная. Вернитесь назад: то, что вы написали, на месте. Уберите часть текста или файлов.'

function limitOf(path: string): number {
  if (FILES.test(path)) return FILES_LIMIT
  if (SCAN.test(path)) return SCAN_LIMIT
  return LONG_FORM.test(path) ? LONG_LIMIT : FORM_LIMIT
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
