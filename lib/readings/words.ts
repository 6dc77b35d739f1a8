import { formatPeriod, type Period } from '@/lib/units/period'

/** Kinds of meters, as the database knows them. */
export type MeterKind = 'cold_water' | 'hot_water' | 'electricity' | 'heat' | 'gas'

const kinds: Record<MeterKind, { name: string; unit: string }> = {
  cold_water: { name: 'Холодная вода', unit: 'м³' },
  hot_water: { name: 'Горячая вода', unit: 'м³' },
  electricity: { name: 'Электричество', unit: 'кВт·ч' },
  heat: { name: 'Тепло', unit: 'Гкал' },
  gas: { name: 'Газ', unit: 'м³' },
}

/** «Холодная вода, ванная». */
export function meterTitle(kind: MeterKind, place: string): string {
  return place ? `${kinds[kind].name}, ${place}` : kinds[kind].name
}

/** «м³». */
export function unitOf(kind: MeterKind): string {
  return kinds[kind].unit
}

/** «День», «Ночь»; undefined when a meter has one counter only. T1–T3 as Russian meters number them. */
export function registerName(register: number, registers: number): string | undefined {
  if (registers === 2) return register === 1 ? 'День' : 'Ночь'
  if (registers === 3) return ['Пик', 'Ночь', 'Полупик'][register - 1]
  return undefined
}

const channels: Readonly<Record<string, string>> = {
  cabinet: 'в личном кабинете',
  staff: 'записал сотрудник',
  import: 'из файла расчётного центра',
  helper: 'от помощника',
  offline: 'с телефона, где не было связи',
}

/** How a value came, in words: «в личном кабинете». */
export function channelWords(channel: string): string {
  return channels[channel] ?? channel
}

/** Whether a meter is of water. */
export function isWater(kind: MeterKind): boolean {
  return kind === 'cold_water' || kind === 'hot_water'
}

/** How many decimals are worth telling of a month's use: tenths of a cubic metre, whole kilowatt-hours. */
export function telling(kind: MeterKind): number {
  return kind === 'electricity' ? 0 : kind === 'heat' ? 3 : 1
}

/** «Биллинг уже забрал показания за октябрь 2026. Чтобы исправить, напишите нам или позвоните.» */
export function takenMessage(period: Period): string {
  return `Биллинг уже забрал показания за ${formatPeriod(period)}. Чтобы исправить, напишите нам или позвоните.`
}

/** «За октябрь 2026 показание уже есть, и приём за него закончен. Проверьте день.» */
export function overMessage(period: Period): string {
  return `За ${formatPeriod(period)} показание уже есть, и приём за него закончен. Проверьте день.`
}

const order: readonly MeterKind[] = ['cold_water', 'hot_water', 'electricity', 'heat', 'gas']

/** Order of the page: water by where it stands, cold before hot; then the others. */
export function meterOrder(
  a: { kind: MeterKind; place: string },
  b: { kind: MeterKind; place: string },
): number {
  const dry = (of: { kind: MeterKind }) => (of.kind === 'cold_water' || of.kind === 'hot_water' ? 0 : 1)
  const byKind = order.indexOf(a.kind) - order.indexOf(b.kind)
  if (dry(a) !== dry(b)) return dry(a) - dry(b)
  return dry(a) === 0
    ? a.place.localeCompare(b.place, 'ru') || byKind
    : byKind || a.place.localeCompare(b.place, 'ru')
}
