import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { layouts } from '@/lib/exchange/layouts'
import { monthsBetween, type Period, period } from '@/lib/units/period'
import { accountId, accountNumber } from './scale'

const SERVICES = [
  'Холодное водоснабжение',
  'Горячее водоснабжение',
  'Водоотведение',
  'Отопление',
  'Электроснабжение',
  'Обращение с ТКО',
  'Содержание жилого помещения',
  'Взнос на капремонт',
  'Наём',
  'КР на СОИ',
]
/** Lines of one account in the file. */
export const LINES_OF_ACCOUNT = SERVICES.length

interface Row {
  account: number
  place: number
  opening: number
  charged: number
  closing: number
}

/**
 * So many rows of a month, service by service of account after account, opening with what the month before closed with; the
 * same every time.
 */
function* rowsOf(month: Period, count: number): Generator<Row> {
  const turn = monthsBetween(period('2031-01'), month)
  for (let index = 0; index < count; index += 1) {
    const account = 1 + Math.floor(index / SERVICES.length)
    const place = index % SERVICES.length
    const chargedAt = (turn: number) =>
      10_000 + ((account * 7_919 + place * 104_729 + turn * 15_485) % 300_000)
    const charged = chargedAt(turn)
    yield { account, place, opening: chargedAt(turn - 1), charged, closing: charged }
  }
}

/** The rows as billing writes them: cp1251, `;`, decimal comma, with the line ИТОГО. */
export async function writeChargesFile(file: string, month: Period, count: number): Promise<void> {
  const sums = { opening: 0, charged: 0, closing: 0 }
  const roubles = (kopecks: number) =>
    `${Math.floor(kopecks / 100)},${String(kopecks % 100).padStart(2, '0')}`
  const named = `${month.slice(5)}.${month.slice(0, 4)}`
  const lines = function* () {
    yield Object.values(layouts.charges.columns).join(';')
    for (const { account, place, opening, charged, closing } of rowsOf(month, count)) {
      sums.opening += opening
      sums.charged += charged
      sums.closing += closing
      yield `${accountNumber(account)};${named};${SERVICES[place]};куб.м;6,396;45,18;${roubles(opening)};${roubles(charged)};0,00;0,00;0,00;${roubles(opening)};${roubles(closing)}`
    }
    const [opening, charged, closing] = [roubles(sums.opening), roubles(sums.charged), roubles(sums.closing)]
    yield `ИТОГО;${count};;;;;${opening};${charged};0,00;0,00;0,00;${opening};${closing}`
  }
  await writeLines(file, lines(), (text) => iconv.encode(text, 'windows-1251'))
}

/** The same rows as COPY takes them, one for each charge. */
export async function writeCopyFile(file: string, month: Period, count: number): Promise<void> {
  const lines = function* () {
    for (const { account, place, opening, charged, closing } of rowsOf(month, count))
      yield `${accountId(account)}\t${month}\t${place + 1}\tм³\t6.396\t45.18\t${opening}\t${charged}\t0\t0\t0\t${opening}\t${closing}`
  }
  await writeLines(file, lines(), (text) => Buffer.from(text))
}

const LINES_AT_ONCE = 5_000

async function writeLines(
  file: string,
  lines: Iterable<string>,
  encode: (text: string) => Buffer,
): Promise<void> {
  const stream = createWriteStream(file)
  let waiting: string[] = []
  const flush = async () => {
    const text = waiting.map((line) => `${line}\n`).join('')
    waiting = []
    if (!stream.write(encode(text))) await once(stream, 'drain')
  }
  for (const line of lines) {
    waiting.push(line)
    if (waiting.length >= LINES_AT_ONCE) await flush()
  }
  await flush()
  stream.end()
  await finished(stream)
}
