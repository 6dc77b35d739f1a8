/** How long what nobody is bound to keep longer stays, days, as settings name it. */
export interface RetentionDays {
  passportRetentionDays: number
  retention: {
    refusedRequestDays: number
    sessionDays: number
    letterDays: number
    contactDays: number
    fileDays: number
  }
}

/** A rule of keeping: what goes, when its time begins, and for how long it is kept. */
export interface RetentionRule {
  /** Of `destroyed` in an act. */
  key: 'passports' | 'requests' | 'sessions' | 'letters' | 'texts' | 'contacts' | 'enquiryFiles' | 'scans'
  what: string
  since: string
  why: string
  days: (of: RetentionDays) => number
}

/** Every rule of the nightly work (152-ФЗ art. 5 §7: no longer than the purpose needs), in the order it runs. */
export const retentionRules: readonly RetentionRule[] = [
  {
    key: 'passports',
    what: 'Паспортные данные заявки. Последние 3 цифры остаются',
    since: 'с решения по заявке',
    why: 'паспорт нужен только для сверки',
    days: (of) => of.passportRetentionDays,
  },
  {
    key: 'requests',
    what: 'Имя, адреса, почта и телефон в заявке, по которой отказано',
    since: 'с отказа',
    why: 'хватает, чтобы ответить на жалобу на отказ',
    days: (of) => of.retention.refusedRequestDays,
  },
  {
    key: 'sessions',
    what: 'Сведения о входах: сетевой адрес и устройство',
    since: 'с конца входа',
    why: 'хватает, чтобы разобрать чужой вход',
    days: (of) => of.retention.sessionDays,
  },
  {
    key: 'letters',
    what: 'Адрес и содержание отправленного письма. Что и когда отправлено, остаётся',
    since: 'с отправки',
    why: 'хватает, чтобы ответить, получено ли письмо',
    days: (of) => of.retention.letterDays,
  },
  {
    key: 'texts',
    what: 'Номер и текст отправленной или просроченной SMS',
    since: 'с отправки или с конца её срока',
    why: 'хватает, чтобы ответить, пришла ли SMS',
    days: (of) => of.retention.letterDays,
  },
  {
    key: 'contacts',
    what: 'Прежние почта и телефон после их смены',
    since: 'с просьбы о смене',
    why: 'хватает, чтобы разобрать чужую смену',
    days: (of) => of.retention.contactDays,
  },
  {
    key: 'enquiryFiles',
    what: 'Файлы, приложенные к обращениям',
    since: 'с того дня, как приложены',
    why: 'срок исковой давности, три года',
    days: (of) => of.retention.fileDays,
  },
  {
    key: 'scans',
    what: 'Сканы заявлений об отключении. Номер и день заявления остаются',
    since: 'с отключения',
    why: 'срок исковой давности, три года',
    days: (of) => of.retention.fileDays,
  },
]

/** What is kept whatever a person asks, and by what law: told before a consent is withdrawn, and in the act. */
export const keptByLaw: readonly { what: string; why: string }[] = [
  {
    what: 'Начисления, сальдо и проводки лицевого счёта',
    why: 'первичный учёт: 402-ФЗ, ст. 29, не меньше пяти лет; ЖК РФ, ст. 155',
  },
  {
    what: 'Платежи и возвраты, вместе с почтой, названной при оплате',
    why: '402-ФЗ, ст. 29; 54-ФЗ о кассовых чеках, пять лет',
  },
  {
    what: 'Показания счётчиков и их исправления',
    why: 'правила № 354, п. 31: основание начислений',
  },
  {
    what: 'Выданные документы: талоны, справки, итоговые расчёты, с именем и адресом в них',
    why: 'подлинность выданного проверяют и другие; 402-ФЗ, ст. 29',
  },
  {
    what: 'Тексты обращений и ответов, без имени и адресов для ответа',
    why: 'срок исковой давности, ГК РФ, ст. 196',
  },
  {
    what: 'Журнал действий: кто, когда и что сделал, по логину',
    why: '152-ФЗ, ст. 19: учёт действий с персональными данными',
  },
  {
    what: 'Данные договора в биллинге: владелец и адрес лицевого счёта',
    why: 'договор и ЖК РФ, ст. 155; согласие для них не нужно (152-ФЗ, ст. 6, ч. 1, п. 5)',
  },
]
