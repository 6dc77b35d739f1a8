import { type Profile, profileSchema } from '../profile'

const ACCOUNT = ['Лицевой счёт', 'Лицевой счет №', 'Номер лицевого счёта', 'Номер ЛС', 'ЛС', '№ ЛС', 'LS']
const SERIAL = [
  'Заводской (серийный) номер ПУ',
  'Заводской номер ПУ',
  'Заводской номер',
  'Номер ПУ',
  'Серийный номер',
]
const HOLDER = ['ФИО', 'Плательщик', 'Абонент', 'FIO']
const ADDRESS = ['Адрес', 'Адрес помещения', 'ADDRESS', 'ADRES']

/** A register of charges as programs built on 1C print it: no units or volumes, a month as a day or in words. */
export const oneCharges: Profile = profileSchema.parse({
  name: 'Ведомость начислений из 1С',
  kind: 'charges',
  columns: {
    accountNumber: ACCOUNT,
    period: ['Период', 'Месяц начисления', 'Расчётный период'],
    service: ['Услуга', 'Вид услуги', 'Вид начисления'],
    opening: ['Сальдо на начало', 'Сальдо начальное', 'Долг на начало'],
    charged: ['Начислено', 'Начислено за период'],
    recalculated: ['Перерасчеты', 'Перерасчет', 'Разовые начисления'],
    benefit: ['Льготы', 'Льгота'],
    penalty: ['Пени'],
    paid: ['Оплачено', 'Оплата'],
    closing: ['Сальдо на конец', 'Сальдо конечное', 'Долг на конец'],
  },
})

/** The register banks send: ЛС;ФИО;Адрес;Период;Сумма. */
export const bankRegister: Profile = profileSchema.parse({
  name: 'Реестр банка',
  kind: 'payments',
  columns: {
    accountNumber: ACCOUNT,
    holderName: HOLDER,
    address: ADDRESS,
    period: ['Период', 'Период оплаты', 'PERIOD'],
    amount: ['Сумма', 'Сумма платежа', 'SUMMA', 'AMOUNT'],
  },
})

/** The same with the day of every payment. */
export const datedBankRegister: Profile = profileSchema.parse({
  ...bankRegister,
  name: 'Реестр банка с датой платежа',
  columns: { ...bankRegister.columns, paidOn: ['Дата', 'Дата платежа', 'Дата операции', 'DATA', 'DATE'] },
})

/** The template of accounts of GIS ЖКХ: its names stand under explanations. */
export const gisAccounts: Profile = profileSchema.parse({
  name: 'Шаблон ГИС ЖКХ: лицевые счета',
  kind: 'accounts',
  headerLines: 3,
  columns: {
    accountNumber: [
      'Номер ЛС',
      'Номер лицевого счёта',
      'Номер лицевого счёта/Иной идентификатор плательщика',
    ],
    unifiedAccount: ['ЕЛС', 'Единый лицевой счёт', 'Номер ЕЛС'],
    serviceId: ['ИЖКУ', 'Идентификатор ЖКУ', 'Идентификатор жилищно-коммунальных услуг'],
    lastName: ['Фамилия'],
    firstName: ['Имя'],
    patronymic: ['Отчество', 'Отчество (при наличии)'],
    address: ['Адрес помещения', 'Адрес', 'Адрес дома'],
    area: ['Общая площадь, кв. м', 'Общая площадь, кв.м', 'Общая площадь'],
    residents: ['Количество проживающих, чел.', 'Количество проживающих'],
  },
})

/** The template of meters of GIS ЖКХ. It says nothing of dials: five digits and three decimals are what meters here have. */
export const gisMeters: Profile = profileSchema.parse({
  name: 'Шаблон ГИС ЖКХ: приборы учёта',
  kind: 'meters',
  headerLines: 3,
  columns: {
    accountNumber: [
      'Номер ЛС',
      'Номер лицевого счёта',
      'Номер лицевого счёта/Иной идентификатор плательщика',
    ],
    serial: SERIAL,
    kind: ['Вид коммунального ресурса', 'Коммунальный ресурс', 'Вид ПУ'],
    place: ['Место установки ПУ', 'Место установки'],
    installedOn: ['Дата установки', 'Дата установки ПУ', 'Дата ввода в эксплуатацию'],
    verifiedUntil: ['Плановая дата поверки', 'Дата следующей поверки', 'Поверка до'],
  },
  constants: { digitsBefore: '5', digitsAfter: '3', registers: '1' },
})

/** The template of readings of GIS ЖКХ. */
export const gisReadings: Profile = profileSchema.parse({
  name: 'Шаблон ГИС ЖКХ: показания',
  kind: 'readings',
  headerLines: 3,
  columns: {
    accountNumber: [
      'Номер ЛС',
      'Номер лицевого счёта',
      'Номер лицевого счёта/Иной идентификатор плательщика',
    ],
    serial: SERIAL,
    takenOn: ['Дата снятия показаний', 'Дата снятия показания', 'Дата показания'],
    t1: ['Показание Т1', 'Показания по Т1', 'Показание', 'Т1'],
    t2: ['Показание Т2', 'Показания по Т2', 'Т2'],
    t3: ['Показание Т3', 'Показания по Т3', 'Т3'],
  },
})
