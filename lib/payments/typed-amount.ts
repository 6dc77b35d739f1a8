import { type Kopecks, parseKopecks } from '@/lib/units/money'

const BLANKS = /[\s\u00a0\u202f\u2009'’]/g
const ROUBLES = '(?:₽|р(?:уб(?:лей|ля|ль)?)?\\.?)'
const KOPECKS = '(?:к(?:оп(?:еек|ейки|ейка)?)?\\.?)'
/** «1200 руб. 50 коп.», «1200р», «1 200,50 ₽». */
const IN_WORDS = new RegExp(`^([\\d.,]+)${ROUBLES}(?:(\\d{1,2})${KOPECKS}?)?$`)
/** «1200-50», «1200=50», «1200=», as on forms filled in by hand. */
const BY_HAND = /^(\d+)[-=](\d\d)?$/
/** «1.234.567», «1.234,56», «1,234.56»: both signs stand there, or one of them more than once, so it is plain which is which. */
const GROUPED = /^\d{1,3}(?:(?:\.\d{3})+,\d{1,2}|(?:,\d{3})+\.\d{1,2}|(?:\.\d{3}){2,}|(?:,\d{3}){2,})$/

/**
 * An amount as people type it, read digit by digit: `1 234,56`, `1234.5`, `1200 ₽`, `1200 руб. 50 коп.`, `1200-50`,
 * `1.234,56`. Undefined for what is no amount, or could be two.
 */
export function readTypedAmount(typed: string): Kopecks | undefined {
  const text = typed.replace(BLANKS, '').toLowerCase()
  const [, roubles, kopecks] = IN_WORDS.exec(text) ?? []
  if (roubles && kopecks)
    return /\D/.test(roubles) ? undefined : parseKopecks(`${roubles},${kopecks.padStart(2, '0')}`)
  if (roubles) return readFigures(roubles)
  const [, whole, rest = '00'] = BY_HAND.exec(text) ?? []
  return whole ? parseKopecks(`${whole},${rest}`) : readFigures(text)
}

function readFigures(text: string): Kopecks | undefined {
  if (!GROUPED.test(text)) return parseKopecks(text)
  const [, whole = '', rest = '00'] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(text) ?? []
  return parseKopecks(`${whole.replace(/[.,]/g, '')},${rest}`)
}
