import { hiddenWord, obsceneWords, offerWords, plainOffers } from './suspect-words'

const LINK =
  /https?:\/\/|www\.|(?<![\w@.-])[\w-]+\.(?:ru|com|net|org|su|info|biz|site|online|shop|store|top|xyz|club|me)(?![\w-])/i
const PHONE = /(?:\+7|(?<!\d)8)[\s(.-]*\d{3}[\s).-]*\d{3}[\s.-]*\d{2}[\s.-]*\d{2}(?!\d)/
const MANY_LINKS = 3
const FOREIGN_LETTERS = 40

/**
 * Why a message looks obscene or advertising, in words for staff; undefined when it does not. Signs only: nothing is closed by
 * them, a person decides (clause 3.4 of the user agreement).
 */
export function suspicion(text: string): string | undefined {
  const reasons = [obscenity(text), advertising(text)].filter((reason) => reason !== undefined)
  return reasons.length > 0 ? reasons.join('; ') : undefined
}

function obscenity(text: string): string | undefined {
  const found = [...wordsOf(text), ...spelledOut(text)].find(isObscene)
  return found && `брань: «${found}»`
}

function isObscene(written: string): boolean {
  const word = russian(written)
  return [word, word.replace(/(.)\1+/g, '$1')].some(
    (form) => obsceneWords.some((pattern) => pattern.test(form)) || hiddenWord.test(form),
  )
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\d@*#]+/gu) ?? []
}

/** Words spelled out in single letters: «х у й», «х.у.й», «х-у-й». */
function spelledOut(text: string): string[] {
  const runs = text.toLowerCase().match(/(?<![\p{L}\d])\p{L}(?:[\s.\-_,*]+\p{L}(?![\p{L}\d])){2,}/gu) ?? []
  return runs.map((run) => run.replace(/[^\p{L}]/gu, ''))
}

const lookalikes: Readonly<Record<string, string>> = {
  ...{
    a: 'а',
    b: 'б',
    c: 'с',
    e: 'е',
    h: 'н',
    k: 'к',
    m: 'м',
    o: 'о',
    p: 'р',
    t: 'т',
    x: 'х',
    y: 'у',
    u: 'и',
  },
  ...{ '0': 'о', '3': 'з', '6': 'б', '@': 'а', ё: 'е' },
}

/** A word with Latin letters and figures among Russian ones, in Russian letters; a word without a Russian letter stays. */
function russian(word: string): string {
  if (!/[а-яё]/.test(word)) return word
  return [...word].map((sign) => lookalikes[sign] ?? sign).join('')
}

function advertising(text: string): string | undefined {
  const plain = text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ')
  const offers = offerWords.flatMap((pattern) => pattern.exec(plain)?.[0] ?? [])
  const sure = plainOffers.flatMap((pattern) => pattern.exec(plain)?.[0] ?? [])
  const links = plain.match(new RegExp(LINK, 'gi'))?.length ?? 0
  const reach = [links > 0 ? 'ссылка' : '', PHONE.test(plain) ? 'телефон' : ''].filter(Boolean)
  const foreign = (plain.match(/[a-z]/g)?.length ?? 0) >= FOREIGN_LETTERS && !/[а-я]/.test(plain)
  const isAdvertising =
    sure.length > 0 ||
    offers.length > 1 ||
    (offers.length > 0 && reach.length > 0) ||
    links >= MANY_LINKS ||
    (foreign && links > 0)
  if (!isAdvertising) return undefined
  const words = [...sure, ...offers].map((word) => `«${word}»`)
  return `реклама: ${[...words, ...reach, ...(foreign ? ['нет русских букв'] : [])].join(', ')}`
}
