import { layouts } from '../layouts'
import type { Profile } from '../profile'
import { type ImportKind, importKindNames } from '../schema'

/** Short names the columns have in a DBF, where ten letters are all there is. */
const short: Readonly<Record<ImportKind, Readonly<Record<string, readonly string[]>>>> = {
  accounts: {
    accountNumber: ['LS', 'ACCOUNT', 'Лицевой счёт'],
    holderName: ['FIO'],
    address: ['ADDRESS', 'ADRES'],
    phone: ['PHONE', 'TELEFON'],
    area: ['AREA', 'PLOSHAD'],
    residents: ['RESIDENTS', 'PROZHIVAET'],
    openedOn: ['OPENED', 'OTKRYT'],
    closedOn: ['CLOSED', 'ZAKRYT'],
    unifiedAccount: ['ELS'],
    serviceId: ['IZHKU'],
    lastName: ['FAMILIYA'],
    firstName: ['IMYA'],
    patronymic: ['OTCHESTVO'],
  },
  meters: {
    accountNumber: ['LS', 'ACCOUNT', 'Лицевой счёт'],
    serial: ['НОМЕР_СЧ', 'НОМЕР_ПУ', 'SERIAL'],
    kind: ['KIND', 'VID'],
    place: ['PLACE', 'MESTO'],
    digitsBefore: ['ЗНАКОВ_ДО', 'DIGITS'],
    digitsAfter: ['ЗНАКОВ_ПОС', 'DECIMALS'],
    registers: ['REGISTERS', 'TARIFOV'],
    installedOn: ['УСТАНОВЛЕН', 'INSTALLED'],
    removedOn: ['REMOVED', 'SNYAT'],
    verifiedUntil: ['ПОВЕРКА_ДО', 'VERIFIED'],
    takenOn: ['ДАТА_ПОКАЗ', 'TAKEN'],
    t1: ['ПОКАЗ_T1', 'T1'],
    t2: ['ПОКАЗ_T2', 'T2'],
    t3: ['ПОКАЗ_T3', 'T3'],
  },
  charges: {
    accountNumber: ['LS', 'ACCOUNT', 'Лицевой счёт'],
    period: ['PERIOD'],
    service: ['SERVICE', 'USLUGA'],
    unit: ['UNIT', 'EDINICA'],
    volume: ['VOLUME', 'OBYOM'],
    tariff: ['TARIFF', 'TARIF'],
    opening: ['ВХ_САЛЬДО', 'SALDO_IN'],
    charged: ['CHARGED', 'NACHISLENO'],
    recalculated: ['RECALC', 'PERERASCH'],
    benefit: ['BENEFIT', 'LGOTA'],
    penalty: ['PENALTY', 'PENI'],
    paid: ['PAID', 'OPLACHENO'],
    closing: ['ИСХ_САЛЬДО', 'SALDO_OUT'],
    basis: ['BASIS'],
    norm: ['NORM'],
    basisCount: ['COUNT', 'KOLVO'],
    chargedFrom: ['ДЕЙСТВ_С', 'FROM_DATE'],
    penaltyBase: ['ДОЛГ_ПЕНИ', 'PENI_BASE'],
    penaltyDays: ['ДНЕЙ_ПЕНИ', 'PENI_DAYS'],
    penaltyRate: ['PENI_RATE'],
  },
  tariffs: {
    service: ['SERVICE', 'USLUGA'],
    unit: ['UNIT', 'EDINICA'],
    validFrom: ['ДЕЙСТВ_С', 'FROM_DATE'],
    price: ['TARIFF', 'TARIF'],
    norm: ['NORM'],
    normPer: ['НОРМАТ_НА', 'NORM_PER'],
  },
  payments: {
    accountNumber: ['LS', 'ACCOUNT', 'Лицевой счёт'],
    paidOn: ['DATE', 'DATA', 'Дата платежа'],
    amount: ['AMOUNT', 'SUMMA'],
    document: ['НОМЕР_ПЛАТ', 'DOCUMENT'],
    place: ['ГДЕ_ПРИНЯТ', 'PLACE'],
    period: ['PERIOD'],
    holderName: ['FIO'],
    address: ['ADDRESS', 'ADRES'],
  },
  readings: {
    accountNumber: ['LS', 'ACCOUNT', 'Лицевой счёт'],
    serial: ['НОМЕР_СЧ', 'НОМЕР_ПУ', 'SERIAL'],
    takenOn: ['ДАТА_ПОКАЗ', 'TAKEN'],
    t1: ['ПОКАЗ_T1', 'T1'],
    t2: ['ПОКАЗ_T2', 'T2'],
    t3: ['ПОКАЗ_T3', 'T3'],
  },
}

/** The company's own files of a kind, as its billing and this service write them, in any encoding and format. */
export function ownProfile(kind: ImportKind): Profile {
  const names = Object.entries({ ...layouts[kind].columns, ...layouts[kind].optional })
  const aliases = short[kind]
  return {
    name: `Наш файл: ${importKindNames[kind].toLowerCase()}`,
    kind,
    type: 'any',
    encoding: 'auto',
    delimiter: 'auto',
    headerLines: 1,
    columns: Object.fromEntries(names.map(([field, name]) => [field, [name, ...(aliases[field] ?? [])]])),
    decimal: 'auto',
    dates: 'auto',
    periods: 'auto',
    control: 'line',
    constants: {},
    key: [],
  }
}
