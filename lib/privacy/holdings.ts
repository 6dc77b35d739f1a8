import { db } from '@/db/client'
import type { Subscriber } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { type AccountHoldings, accountHoldings } from './holdings-of-accounts'
import { type PersonHoldings, personHoldings } from './holdings-of-person'

/** A kind of data held of a person: what, why, on what legal ground, until when. */
export interface Category {
  key: string
  title: string
  why: string
  ground: string
  until: string
  facts: Fact[]
}
/** One value: what it is, and the value as the person reads it. */
export interface Fact {
  name: string
  value: string
}

const CONTRACT = 'договор и соглашение: 152-ФЗ, ст. 6, ч. 1, п. 5'
const CONSENT = 'ваше согласие: 152-ФЗ, ст. 6, ч. 1, п. 1'
const LAW = 'обязанность по закону: 152-ФЗ, ст. 6, ч. 1, п. 2'

/** Everything held of the subscriber, from every domain. */
export async function holdingsOf(subscriber: Subscriber): Promise<Category[]> {
  const settings = await readSettings(db())
  const [person, accounts] = await Promise.all([personHoldings(subscriber), accountHoldings(subscriber)])
  return [...ofPerson(person, settings), ...ofAccounts(accounts)].filter(({ facts }) => facts.length > 0)
}

type Settings = Awaited<ReturnType<typeof readSettings>>

function ofPerson(held: PersonHoldings, { passportRetentionDays, retention }: Settings): Category[] {
  const whileUser = 'пока у вас есть кабинет; 30 дней после отзыва согласия'
  return [
    category('person', 'Кто вы', 'чтобы узнавать вас и писать вам', CONTRACT, whileUser, held.person),
    category(
      'requests',
      'Заявки на доступ и паспорт',
      'чтобы убедиться, что счёт ваш',
      CONSENT,
      `паспорт — ${passportRetentionDays} дней после решения, остальное — ${whileUser}`,
      held.requests,
    ),
    category('consents', 'Согласия', 'чтобы доказать, что вы их дали', LAW, 'и после отзыва', held.consents),
    category(
      'sessions',
      'Входы',
      'чтобы заметить чужой вход',
      CONTRACT,
      `${retention.sessionDays} дней после конца входа`,
      held.sessions,
    ),
    category(
      'contacts',
      'Смены почты и телефона',
      'чтобы вы могли отменить чужую смену',
      CONTRACT,
      `${retention.contactDays} дней`,
      held.contacts,
    ),
    category(
      'letters',
      'Письма и SMS вам',
      'чтобы знать, что и когда отправлено',
      CONTRACT,
      `адрес и текст — ${retention.letterDays} дней после отправки`,
      held.letters,
    ),
    category(
      'choices',
      'Как вам писать',
      'чтобы писать так, как вы просили',
      CONSENT,
      whileUser,
      held.choices,
    ),
  ]
}

function ofAccounts(held: AccountHoldings): Category[] {
  const five = 'пять лет по закону о бухгалтерском учёте, и после отзыва согласия'
  const claims = 'три года, срок исковой давности'
  return [
    category('accounts', 'Лицевые счета', 'чтобы показывать вам ваше', CONTRACT, five, held.accounts),
    category('readings', 'Показания', 'чтобы считать по счётчикам', LAW, five, held.readings),
    category(
      'meters',
      'Снимки и ночные проверки',
      'чтобы вы видели их сами',
      CONSENT,
      'до отзыва',
      held.meters,
    ),
    category('payments', 'Платежи', 'чтобы зачесть их и вернуть ошибочные', LAW, five, held.payments),
    category('enquiries', 'Обращения', 'чтобы ответить', CONTRACT, claims, held.enquiries),
    category('helpers', 'Помощники', 'чтобы показания передавали за вас', CONSENT, 'до отзыва', held.helpers),
    category('papers', 'Выданные документы', 'чтобы их могли проверить', LAW, five, held.papers),
    category(
      'journal',
      'Журнал ваших действий',
      'чтобы разобрать спор или чужой вход',
      'безопасность данных: 152-ФЗ, ст. 19',
      'бессрочно: записи нельзя изменить',
      held.journal,
    ),
  ]
}

function category(
  ...[key, title, why, ground, until, facts]: [string, string, string, string, string, Fact[]]
): Category {
  return { key, title, why, ground, until, facts }
}
