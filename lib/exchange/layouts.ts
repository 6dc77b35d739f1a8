import type { ImportKind } from './schema'

/** What one kind of file holds. */
export interface Layout {
  /** Field → heading of its column in the company's own files; such a file has them all. */
  columns: Readonly<Record<string, string>>
  /** Fields that any file may leave out, with the headings of their columns. */
  optional: Readonly<Record<string, string>>
  /** Fields without which there are no rows of this kind; of several names one will do. */
  required: readonly (readonly string[])[]
  /** Fields whose sums stand in the line ИТОГО. */
  money: readonly string[]
}

/** The columns of the six kinds of file, as the company's own program writes them. */
export const layouts: Readonly<Record<ImportKind, Layout>> = {
  accounts: {
    columns: {
      accountNumber: 'ЛС',
      holderName: 'ФИО',
      address: 'Адрес',
      phone: 'Телефон',
      area: 'Площадь',
      residents: 'Проживает',
      openedOn: 'Открыт',
      closedOn: 'Закрыт',
    },
    // Some programs write the holder's name in three columns.
    optional: {
      unifiedAccount: 'ЕЛС',
      serviceId: 'ИЖКУ',
      lastName: 'Фамилия',
      firstName: 'Имя',
      patronymic: 'Отчество',
    },
    required: [['accountNumber'], ['holderName', 'lastName'], ['address']],
    money: [],
  },
  meters: {
    columns: {
      accountNumber: 'ЛС',
      serial: 'Номер счётчика',
      kind: 'Вид',
      place: 'Место',
      digitsBefore: 'Знаков до запятой',
      digitsAfter: 'Знаков после запятой',
      registers: 'Тарифов',
      installedOn: 'Установлен',
      removedOn: 'Снят',
      verifiedUntil: 'Поверка до',
      takenOn: 'Дата показания',
      t1: 'Показание T1',
      t2: 'Показание T2',
      t3: 'Показание T3',
    },
    optional: {},
    required: [
      ['accountNumber'],
      ['serial'],
      ['kind'],
      ['digitsBefore'],
      ['digitsAfter'],
      ['registers'],
      ['installedOn'],
    ],
    money: [],
  },
  charges: {
    columns: {
      accountNumber: 'ЛС',
      period: 'Период',
      service: 'Услуга',
      unit: 'Единица',
      volume: 'Объём',
      tariff: 'Тариф',
      opening: 'Входящее сальдо',
      charged: 'Начислено',
      recalculated: 'Перерасчёт',
      benefit: 'Льгота',
      penalty: 'Пени',
      paid: 'Оплачено',
      closing: 'Исходящее сальдо',
    },
    optional: {
      basis: 'Основание',
      norm: 'Норматив',
      basisCount: 'Количество',
      chargedFrom: 'Действует с',
      penaltyBase: 'Долг для пеней',
      penaltyDays: 'Дней просрочки',
      penaltyRate: 'Ставка',
    },
    required: [['accountNumber'], ['period'], ['service'], ['opening'], ['charged'], ['closing']],
    money: ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'],
  },
  tariffs: {
    columns: {
      service: 'Услуга',
      unit: 'Единица',
      validFrom: 'Действует с',
      price: 'Тариф',
      norm: 'Норматив',
      normPer: 'Норматив на',
    },
    optional: {},
    required: [['service'], ['validFrom'], ['price']],
    money: [],
  },
  payments: {
    columns: {
      accountNumber: 'ЛС',
      paidOn: 'Дата',
      amount: 'Сумма',
      document: 'Номер платежа',
      place: 'Где принят',
      period: 'Период',
    },
    // Banks write them for people to check by; nothing is taken from them.
    optional: { holderName: 'ФИО', address: 'Адрес' },
    required: [['accountNumber'], ['amount'], ['paidOn', 'period']],
    money: ['amount'],
  },
  readings: {
    columns: {
      accountNumber: 'ЛС',
      serial: 'Номер счётчика',
      takenOn: 'Дата показания',
      t1: 'Показание T1',
      t2: 'Показание T2',
      t3: 'Показание T3',
    },
    optional: {},
    required: [['accountNumber'], ['serial'], ['takenOn'], ['t1']],
    money: [],
  },
}
