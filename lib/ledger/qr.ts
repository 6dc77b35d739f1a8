import iconv from 'iconv-lite'
import { ok, type Result, refused } from '@/lib/result'
import { cleanLine } from '@/lib/units/text'
import { MANDATORY, type PaymentCode, paymentCode, writePeriod } from './qr-requisites'

/** The digit after `ST0001`: 1 = windows-1251, 2 = UTF-8, 3 = KOI8-R. */
export type CodeEncoding = 1 | 2 | 3
/** `absent`: it is no payment code at all; `broken`: it is one, and its reason says what is wrong with it. */
export type CodeProblem = 'absent' | 'broken'

const ENCODINGS = { 1: 'windows-1251', 2: 'utf-8', 3: 'koi8-r' } as const
const MOST_MANDATORY_BYTES = 300
const MOST_PURPOSE_WRITTEN = 160
/** More than the largest QR code holds. */
const MOST_READ = 4096
const SEPARATORS = [...'|~^;#*!$%&@+?<>_`']

/**
 * The text of a payment QR code by ГОСТ Р 56042-2014, in bytes. Values are written in one line each; the separator is
 * `|`, or the first other sign that stands in no value. Refused with the reason when the code is not one the standard allows.
 */
export function encodePaymentCode(code: PaymentCode, encoding: CodeEncoding): Result<Uint8Array, 'broken'> {
  const pairs = pairsOf(code)
  const shape = paymentCode.safeParse(Object.fromEntries(pairs))
  if (!shape.success) return broken(shape.error.issues[0]?.message)
  if (Object.keys(code.others ?? {}).some((key) => !isKey(key) || canonical.has(key.toLowerCase())))
    return broken('имя реквизита — это латинские буквы и цифры')
  if ((shape.data.Purpose?.length ?? 0) > MOST_PURPOSE_WRITTEN)
    return broken(`назначение платежа: длиннее ${MOST_PURPOSE_WRITTEN} знаков`)
  const separator = SEPARATORS.find((sign) => pairs.every(([, value]) => !value.includes(sign)))
  if (!separator) return broken('нет знака, которым можно разделить реквизиты')
  const written = pairs.map(([key, value]) => `${key}=${value}`)
  const mandatory = iconv.encode(written.slice(0, MANDATORY.length).join(separator), ENCODINGS[encoding])
  if (mandatory.length > MOST_MANDATORY_BYTES)
    return broken(`обязательные реквизиты длиннее ${MOST_MANDATORY_BYTES} байт`)
  const text = `ST0001${encoding}${separator}${written.join(separator)}`
  const bytes = iconv.encode(text, ENCODINGS[encoding])
  if (iconv.decode(bytes, ENCODINGS[encoding]) !== text) return broken('есть знаки, которых нет в кодировке')
  return ok(bytes)
}

/** The requisites of a code as texts, the empty ones left out, in the order they are written. */
function pairsOf({ others = {}, ...code }: PaymentCode): [key: string, value: string][] {
  const texts: Record<string, string | undefined> = {
    ...code,
    Sum: code.Sum?.toString(),
    PaymPeriod: code.PaymPeriod && writePeriod(code.PaymPeriod),
  }
  return [...paymentCode.keyof().options.map((key) => [key, texts[key]] as const), ...Object.entries(others)]
    .map(([key, value]): [string, string] => [key, cleanLine(value ?? '')])
    .filter(([, value]) => value !== '')
}

/**
 * Reads a payment code: the bytes of a QR code, in the encoding its tag names, or text a scanner has typed. Keys stand
 * in any case and order, `=` may stand in a value. Never throws.
 */
export function parsePaymentCode(source: string | Uint8Array): Result<PaymentCode, CodeProblem> {
  const head = typeof source === 'string' ? source : Buffer.from(source).toString('latin1')
  const [start, version, tag, separator] = /^(?:\uFEFF|\xEF\xBB\xBF|\s)*ST(\d{4})(.)(.)/s.exec(head) ?? []
  if (!start) return refused('absent', 'Это не платёжный код: он начинается с «ST0001».')
  if (head.length > MOST_READ) return broken('он слишком длинный')
  if (version !== '0001') return broken(`версия ${version} нам не знакома`)
  if (tag !== '1' && tag !== '2' && tag !== '3') return broken(`кодировка «${tag}» нам не знакома`)
  if (separator === undefined || /[A-Za-z0-9=\s]/.test(separator))
    return broken('после заголовка нет разделителя')
  const bare = typeof source === 'string' ? source : iconv.decode(Buffer.from(source), ENCODINGS[tag])
  if (bare.includes('\uFFFD')) return broken('буквы не в той кодировке, что названа в нём')
  const body = bare.slice(bare.indexOf(`ST0001${tag}${separator}`) + 8)
  const pairs = readPairs(body, separator)
  return typeof pairs === 'string' ? broken(pairs) : readCode(pairs)
}

const canonical = new Map(paymentCode.keyof().options.map((key) => [key.toLowerCase(), key]))

/** The requisites by key, known keys as the standard spells them; a string says what is wrong. */
function readPairs(body: string, separator: string): Map<string, string> | string {
  const pairs = new Map<string, string>()
  for (const piece of body.split(separator)) {
    if (piece.trim() === '') continue
    const [, key = '', value = ''] = /^\s*(\w+)\s*=(.*)$/s.exec(piece) ?? []
    if (!isKey(key)) return 'в нём повреждён один из реквизитов'
    const name = canonical.get(key.toLowerCase()) ?? key
    if (pairs.has(name)) return `реквизит ${name} указан дважды`
    if (cleanLine(value) !== '') pairs.set(name, cleanLine(value))
  }
  return pairs
}

function readCode(pairs: ReadonlyMap<string, string>): Result<PaymentCode, CodeProblem> {
  const found = paymentCode.safeParse(Object.fromEntries(pairs))
  if (!found.success) return broken(found.error.issues[0]?.message)
  const others = [...pairs].filter(([key]) => !canonical.has(key.toLowerCase()))
  return ok(others.length > 0 ? { ...found.data, others: Object.fromEntries(others) } : found.data)
}

/**
 * The account number on the bill a code stands on. `stranger`: the code names another ИНН, or another account where it
 * names none; not asked while our own requisites are not entered.
 */
export function accountOnBill(
  source: string | Uint8Array,
  ours: { inn: string; account: string } | null,
): Result<string, CodeProblem | 'stranger'> {
  const code = parsePaymentCode(source)
  if (code.status !== 'ok') return code
  const { Name, PayeeINN, PersonalAcc, PersAcc } = code.value
  if (ours && PayeeINN !== undefined && PayeeINN !== ours.inn)
    return refused('stranger', `Это квитанция другой организации: ${Name}, ИНН ${PayeeINN}.`)
  if (ours && PayeeINN === undefined && PersonalAcc !== ours.account)
    return refused('stranger', `Это квитанция другой организации: ${Name}, счёт ${PersonalAcc}.`)
  return PersAcc === undefined ? broken('в нём нет лицевого счёта') : ok(PersAcc)
}

function isKey(key: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(key)
}

function broken(why = 'структура нарушена'): ReturnType<typeof refused<'broken'>> {
  return refused('broken', `В платёжном коде ошибка: ${why}.`)
}
