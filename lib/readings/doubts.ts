import { add, formatDial, formatQuantity, type MeterValue, quantity, toDecimal } from '@/lib/units/quantity'
import { compare, type Dial, lowerMessage, type Verdict } from './rules'
import { fieldName } from './schema'

/** What looks odd, as the database names it. */
export type DoubtKind = 'much' | 'zero' | 'swapped' | 'registers' | 'consumption' | 'digits'

/** What is asked to know of one counter. */
export interface DoubtedRegister {
  register: number
  name?: string | undefined
  previous: { value: MeterValue } | undefined
  /** Average use a month of up to 6 months. */
  average?: MeterValue | undefined
  /** Use of the months before, the latest first. */
  uses?: readonly MeterValue[]
}

/** What is asked to know of a meter. */
export interface DoubtedMeter extends Dial {
  id: number
  kind: string
  place: string
  unit: string
  registers: readonly DoubtedRegister[]
}

/** An odd value of one counter, asked about once. */
export interface Doubt {
  meterId: number
  register: number
  kind: DoubtKind
  value: MeterValue
  /** The likely right values by field; of a swap those of both counters. Empty when none is likelier. */
  proposed: ReadonlyMap<string, MeterValue>
  /** Whether the value may stand as it was typed. */
  keepable: boolean
  /** «Похоже, вы перепутали горячую и холодную воду.» */
  words: string
  /** «Поменять местами: холодная 00321,600, горячая 00150,100»; undefined without a likelier value. */
  offer: string | undefined
}

/** What a doubt's field holds when the likely right values are taken. */
export function takeAnswer({ proposed }: Doubt): string {
  return `take:${[...proposed.values()].map(toDecimal).join(',')}`
}

/** What a doubt's field holds when the value stands as it was typed. */
export function keepAnswer({ value }: Doubt): string {
  return `keep:${toDecimal(value)}`
}

interface Counter {
  meter: DoubtedMeter
  of: DoubtedRegister
  field: string
  value: MeterValue
  verdict: Verdict
}

/**
 * What looks odd among typed values, at most one doubt a counter, the likeliest reason first: hot for cold, T1 for T2, the
 * use instead of the reading, two digits in each other's place, more than three times the average, a third month of zero.
 * Values that do not read are not looked at.
 */
export function findDoubts(
  meters: readonly DoubtedMeter[],
  values: ReadonlyMap<string, MeterValue>,
): Doubt[] {
  const counters = meters.flatMap((meter) =>
    meter.registers.flatMap((of): Counter[] => {
      const field = fieldName(meter.id, of.register)
      const value = values.get(field)
      return value === undefined
        ? []
        : [{ meter, of, field, value, verdict: compare(value, of.previous?.value, meter) }]
    }),
  )
  const settled = new Set<string>()
  const swaps: Doubt[] = []
  for (const [one, other] of pairs(counters)) {
    if (settled.has(one.field) || settled.has(other.field)) continue
    for (const doubt of swapOf(one, other)) {
      swaps.push(doubt)
      settled.add(one.field).add(other.field)
    }
  }
  const alone = counters.filter((counter) => !settled.has(counter.field)).flatMap(aloneDoubt)
  return [...swaps, ...alone]
}

function* pairs(counters: readonly Counter[]): Generator<[Counter, Counter]> {
  for (const [place, one] of counters.entries())
    for (const other of counters.slice(place + 1)) if (mayBeSwapped(one, other)) yield [one, other]
}

function mayBeSwapped(one: Counter, other: Counter): boolean {
  if (one.meter.id === other.meter.id) return true
  const water = new Set([one.meter.kind, other.meter.kind])
  return one.meter.place === other.meter.place && water.has('cold_water') && water.has('hot_water')
}

function swapOf(one: Counter, other: Counter): Doubt[] {
  if (!isOdd(one) && !isOdd(other)) return []
  if (!isUsual(one, other.value) || !isUsual(other, one.value)) return []
  if (one.value === other.value) return []
  const same = one.meter.id === other.meter.id
  const name = ({ meter, of }: Counter) =>
    same ? (of.name ?? '').toLowerCase() : meter.kind === 'hot_water' ? 'горячая' : 'холодная'
  return [
    {
      ...at(one),
      kind: same ? 'registers' : 'swapped',
      proposed: new Map([
        [one.field, other.value],
        [other.field, one.value],
      ]),
      keepable: one.verdict.kind !== 'lower' && other.verdict.kind !== 'lower',
      words: same
        ? `Похоже, вы перепутали ${name(one)} и ${name(other)}.`
        : 'Похоже, вы перепутали горячую и холодную воду.',
      offer: `Поменять местами: ${name(one)} ${dial(one, other.value)}, ${name(other)} ${dial(other, one.value)}`,
    },
  ]
}

function aloneDoubt(counter: Counter): Doubt[] {
  const { of, value, verdict } = counter
  if (verdict.kind === 'lower') return [consumptionOf(counter) ?? digitsOf(counter)].flatMap(some)
  if (verdict.kind !== 'used') return []
  if (isMuch(of, verdict.used)) return [digitsOf(counter) ?? muchOf(counter, verdict.used)]
  const [last, before, earlier] = of.uses ?? []
  const third = verdict.used === 0n && last === 0n && before === 0n && earlier !== undefined && earlier > 0n
  return third && value === of.previous?.value ? [zeroOf(counter)] : []
}

function consumptionOf(counter: Counter): Doubt | undefined {
  const { of, value, meter } = counter
  if (!of.previous || value === 0n || of.average === undefined || isMuch(of, value)) return undefined
  const right = add(of.previous.value, value)
  if (compare(right, of.previous.value, meter).kind !== 'used' || !fits(right, meter)) return undefined
  return {
    ...at(counter),
    kind: 'consumption',
    ...proposing(counter, right),
    keepable: false,
    words: `${lowerMessage(of.previous.value, meter)} Похоже, вы ввели расход, а не показание.`,
  }
}

function digitsOf(counter: Counter): Doubt | undefined {
  const { of, value, meter, verdict } = counter
  const { average, previous } = of
  if (!previous || average === undefined || average === 0n) return undefined
  const likely = transposed(value, meter).filter((candidate) => {
    const found = compare(candidate, previous.value, meter)
    return found.kind === 'used' && found.used <= average * 2n
  })
  const [right] = likely.sort(
    (a, b) => distance(a, previous.value, average) - distance(b, previous.value, average),
  )
  if (right === undefined) return undefined
  const lower = verdict.kind === 'lower' ? `${lowerMessage(previous.value, meter)} ` : ''
  return {
    ...at(counter),
    kind: 'digits',
    ...proposing(counter, right),
    keepable: verdict.kind !== 'lower',
    words: `${lower}Похоже, две цифры стоят не на своих местах.`,
  }
}

/** Every value that differs by two neighbouring digits of the dial in each other's place. */
function transposed(value: MeterValue, { digitsBefore, digitsAfter }: Dial): MeterValue[] {
  const digits = formatDial(value, digitsBefore, digitsAfter).replace(',', '')
  const found: MeterValue[] = []
  for (let place = 0; place + 1 < digits.length; place += 1) {
    const [a, b] = [digits[place], digits[place + 1]]
    if (a === b || a === undefined || b === undefined) continue
    const swapped = digits.slice(0, place) + b + a + digits.slice(place + 2)
    const whole = swapped.slice(0, digitsBefore)
    found.push(quantity(digitsAfter > 0 ? `${whole}.${swapped.slice(digitsBefore)}` : whole))
  }
  return found
}

function distance(value: MeterValue, previous: MeterValue, average: MeterValue): number {
  const off = value - previous - average
  return Number(off < 0n ? -off : off)
}

function muchOf(counter: Counter, used: MeterValue): Doubt {
  const { of, meter } = counter
  const usual = of.average === undefined ? '' : formatQuantity(of.average)
  return {
    ...at(counter),
    kind: 'much',
    proposed: new Map(),
    keepable: true,
    words: `Расход ${formatQuantity(used)} ${meter.unit} — больше обычного: в среднем ${usual} ${meter.unit} в месяц. Проверьте цифры.`,
    offer: undefined,
  }
}

function zeroOf(counter: Counter): Doubt {
  return {
    ...at(counter),
    kind: 'zero',
    proposed: new Map(),
    keepable: true,
    words: 'Третий месяц без расхода. Так бывает, если вас не было дома; проверьте, крутится ли счётчик.',
    offer: undefined,
  }
}

const at = ({ meter, of, value }: Counter) => ({ meterId: meter.id, register: of.register, value })

const proposing = (counter: Counter, right: MeterValue) => ({
  proposed: new Map([[counter.field, right]]),
  offer: `Исправить на ${dial(counter, right)}`,
})

const dial = ({ meter }: Counter, value: MeterValue) =>
  formatDial(value, meter.digitsBefore, meter.digitsAfter)

function isOdd({ of, verdict }: Counter): boolean {
  return verdict.kind === 'lower' || (verdict.kind === 'used' && isMuch(of, verdict.used))
}

/** Whether that value of this counter would be an ordinary month. */
function isUsual({ of, meter }: Counter, value: MeterValue): boolean {
  if (!of.previous || !fits(value, meter)) return false
  const found = compare(value, of.previous.value, meter)
  return found.kind === 'used' && !isMuch(of, found.used)
}

/** More than three times the own average (unknown or zero: nothing is much). */
function isMuch({ average }: DoubtedRegister, used: MeterValue): boolean {
  return average !== undefined && average > 0n && used > average * 3n
}

function fits(value: MeterValue, { digitsBefore, digitsAfter }: Dial): boolean {
  const [whole = '', rest = ''] = toDecimal(value).split('.')
  return whole.length <= digitsBefore && rest.length <= digitsAfter
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value])
