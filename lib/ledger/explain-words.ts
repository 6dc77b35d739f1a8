import { formatDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import { type MeterValue, quantity, subtract } from '@/lib/units/quantity'
import type { Cause } from './explain'
import { formatTariff, type Line } from './rules'
import { basisWords, countedIn, measure, people, unitWords } from './words'

/** A cause in words, small letter first: «началось 5 октября», «израсходовали на 1,2 м³ меньше». */
export function wordsOf(
  cause: Cause,
  amount: Kopecks,
  now: Line | undefined,
  before: Line | undefined,
): string {
  switch (cause) {
    case 'began':
      return now?.chargedFrom
        ? `началось ${formatDay(now.chargedFrom, { year: false })}`
        : 'в прошлом месяце не начислялось'
    case 'ended':
      return 'в этом месяце не начислялось'
    case 'volume':
      return now && before ? volumeWords(now, before) : 'объём другой'
    case 'tariff':
      return now && before ? tariffWords(now, before) : 'тариф другой'
    case 'otherwise':
      return otherwiseWords(amount, now, before)
    case 'recalculation':
      return recalculationWords(now, before)
    case 'benefit':
      return changed(now?.benefit, before?.benefit, amount < 0n, ['льгота', 'льготы в этом месяце нет'])
    case 'penalty':
      return changed(now?.penalty, before?.penalty, amount > 0n, ['пени', 'пени в этом месяце не начислены'])
  }
}

function volumeWords(now: Line, before: Line): string {
  if (before.chargedFrom && !now.chargedFrom)
    return `прошлый месяц считали только с ${formatDay(before.chargedFrom, { year: false })}, этот целиком`
  if (now.chargedFrom && !before.chargedFrom)
    return `этот месяц считали только с ${formatDay(now.chargedFrom, { year: false })}`
  if (now.basis && before.basis && now.basis !== before.basis)
    return `раньше считали ${basisWords(before.basis)}, теперь ${basisWords(now.basis)}`
  if (now.norm !== null && before.norm !== null && now.norm !== before.norm)
    return `норматив ${risen(now.norm > before.norm)} с ${measure(before.norm, '')} до ${measure(now.norm, now.unit)}`
  return countWords(now, before) ?? usedWords(now, before)
}

/** «стало на человека больше»; undefined when the volume does not hang on people or area. */
function countWords(now: Line, before: Line): string | undefined {
  const counted = countedIn(now)
  const [to, from] = [now.basisCount ?? now.volume, before.basisCount ?? before.volume]
  if (!counted || to === null || from === null || to === from) return undefined
  const more = to > from ? 'больше' : 'меньше'
  const by = size(subtract(to, from))
  return counted === 'person'
    ? `стало на ${people(by)} ${more}`
    : `площадь стала на ${measure(by, 'м²')} ${more}`
}

const NOTHING = quantity('0')
const HOUSEHOLD = ['м³', 'кВт·ч']

function usedWords(now: Line, before: Line): string {
  const used = subtract(now.volume ?? NOTHING, before.volume ?? NOTHING)
  const by = `на ${measure(size(used), now.unit)} ${used > 0n ? 'больше' : 'меньше'}`
  if (now.basis === 'average') return `среднее за прошлые месяцы ${by}`
  const own = now.basis === 'meter' || (now.basis === null && HOUSEHOLD.includes(unitWords(now.unit)))
  return own ? `израсходовали ${by}` : `объём ${by}`
}

function tariffWords(now: Line, before: Line): string {
  const [to, from] = [now.tariff ?? NOTHING, before.tariff ?? NOTHING]
  return `тариф ${risen(to > from)} с ${formatTariff(from)} до ${formatTariff(to)}\u00a0₽`
}

function otherwiseWords(amount: Kopecks, now: Line | undefined, before: Line | undefined): string {
  const told = [now, before].every((line) => line && line.volume !== null && line.tariff !== null)
  if (told && now?.unit === before?.unit) return 'объёмом и тарифом не объясняется'
  return `начислено ${amount > 0n ? 'больше' : 'меньше'}, чем в прошлом месяце`
}

function recalculationWords(now: Line | undefined, before: Line | undefined): string {
  if (!now?.recalculated) return 'в прошлом месяце был перерасчёт'
  return before?.recalculated ? 'перерасчёт, в прошлом месяце был другой' : 'перерасчёт'
}

/** «льгота» when it is new, «льготы в этом месяце нет» when it is gone, else «льгота больше». */
function changed(
  now: Kopecks | undefined,
  before: Kopecks | undefined,
  grew: boolean,
  [name, none]: readonly [string, string],
): string {
  if (!now) return none
  if (!before) return name
  return `${name} ${grew ? 'больше' : 'меньше'}, чем в прошлом месяце`
}

function risen(more: boolean): string {
  return more ? 'вырос' : 'снизился'
}

function size(value: MeterValue): MeterValue {
  return value < 0n ? subtract(NOTHING, value) : value
}
