import type pg from 'pg'
import { addMonths, type Period } from '@/lib/units/period'

/** The generator's seed: the same one makes the same company. */
const SEED = 20_261_101
/** Ids and numbers of generated accounts begin after this, clear of whatever else the database holds. */
const BASE = 10_000_000
/** What every account owed before its first period, kopecks. */
const FIRST_OPENING = 50_000

/** The number the generated account has; the first is 1. */
export function accountNumber(index: number): string {
  return `0${BASE + index}`
}

/** The id the generated account has. */
export function accountId(index: number): number {
  return BASE + index
}

/** So many periods up to one, the earliest first. */
export function periodsUpTo(last: Period, count: number): Period[] {
  return Array.from({ length: count }, (_, place) => addMonths(last, place - count + 1))
}

// Words by a hash of the account: the same everywhere, spread like names in a town.
const picked = (words: readonly string[], salt: number) =>
  `(array[${words.map((word) => `'${word}'`)}])[1 + (hashint8extended(i, ${SEED + salt}) & 1048575) % ${words.length}]`

const SURNAMES =
  'Королёв Семёнов Кузнецов Смирнов Воробьёв Соловьёв Ковалёв Киселёв Зуев Орлов Тарасов Беляев Комаров Жуков Фролов Щукин Мельников Гусев Титов Кудрявцев Баранов Рябов Поляков Цветков Данилов Журавлёв Родионов Калинин Лебедев Ершов Никитин Соболев Афанасьев Мухин Горелов Зимин Осипов Лапин Аксёнов Пестов'.split(
    ' ',
  )
const NAMES =
  'Александр Сергей Алексей Андрей Пётр Фёдор Семён Николай Владимир Дмитрий Игорь Юрий Лев Виктор Олег Артём'.split(
    ' ',
  )
const PATRONYMICS =
  'Александрович Сергеевич Алексеевич Андреевич Петрович Фёдорович Семёнович Николаевич Владимирович Дмитриевич'.split(
    ' ',
  )
const ENDINGS = 'ский цын енко их ин ук ян идзе овский ич'.split(' ')

/** Makes accounts `from`…`to` (both included) with holders (400 surnames) and addresses (40 districts of 250 houses). */
export async function makeAccounts(client: pg.ClientBase, from: number, to: number): Promise<void> {
  await client.query(
    `insert into accounts (id, account_number, holder_name, address, area, residents) overriding system value
     select ${BASE} + i, '0' || (${BASE} + i)::text,
       ${picked(SURNAMES, 1)} || ${picked(ENDINGS, 2)} || ' ' || ${picked(NAMES, 3)} || ' ' || ${picked(PATRONYMICS, 4)},
       (1 + i % 40) || '-й микрорайон, дом ' || (1 + (i / 40) % 250) || ', кв. ' || (1 + i / 10000),
       30 + i % 60, 1 + i % 4
     from generate_series($1::bigint, $2::bigint) i`,
    [from, to],
  )
}

/** Makes the service the generated charges are for. @returns its id */
export async function makeService(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into services (name, sort) values ('Содержание жилого помещения', 80)
     on conflict (name) do update set sort = excluded.sort returning id`,
  )
  const [service] = rows
  if (!service) throw new Error('no service')
  return service.id
}

/**
 * Makes a charge of one service for accounts `from`…`to` in every period, and the entry of the first one's opening
 * balance. What is charged is paid in the next period, so that every balance carries over.
 */
export async function makeCharges(
  client: pg.ClientBase,
  {
    from,
    to,
    periods,
    serviceId,
  }: { from: number; to: number; periods: readonly Period[]; serviceId: number },
): Promise<void> {
  const charged = (place: string) => `(100000 + (hashint8extended(i * 1000 + ${place}, ${SEED}) & 262143))`
  for (const [place, period] of periods.entries()) {
    const before = place === 0 ? String(FIRST_OPENING) : charged(String(place - 1))
    await intoPartition(client, period, (table) =>
      client.query(
        `insert into ${table} (account_id, period, service_id, unit, volume, tariff, basis, basis_count,
           opening, charged, recalculated, benefit, penalty, paid, closing)
         select ${BASE} + i, '${period}', $3, 'м²', 50, 21.9, 'area', 50, ${before}, ${charged(String(place))}, 0, 0, 0,
           ${before}, ${charged(String(place))}
         from generate_series($1::bigint, $2::bigint) i`,
        [from, to, serviceId],
      ),
    )
  }
  await client.query(
    `insert into ledger_entries (account_id, kind, amount, period)
     select ${BASE} + i, 'carried', ${FIRST_OPENING}, $3 from generate_series($1::bigint, $2::bigint) i`,
    [from, to, periods[0]],
  )
}

/** A partition that is not there yet is filled before it gets its index: a third of the time. */
async function intoPartition(
  client: pg.ClientBase,
  period: Period,
  fill: (table: string) => Promise<unknown>,
): Promise<void> {
  const name = `charges_${period.replace('-', '_')}`
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    name,
  ])
  if (rows[0]?.there) return void (await fill('charges'))
  await client.query(`create table ${name} (like charges including defaults including constraints)`)
  await fill(name)
  await client.query(`alter table charges attach partition ${name} for values in ('${period}')`)
}

/** Does work without the index that search goes by and makes it anew after. */
export async function withoutSearch(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'accounts_search'`,
  )
  await client.query('drop index if exists accounts_search')
  await work()
  await client.query(`set maintenance_work_mem = '512MB'`)
  for (const { indexdef } of rows) await client.query(indexdef)
}

/** A subscriber with access to these accounts. @returns the user's id */
export async function makePerson(client: pg.ClientBase, indices: readonly number[]): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into users (kind, login, last_name, first_name, email)
     values ('subscriber', 'bench' || md5(random()::text), 'Замер', 'Скорости', 'bench@example.ru') returning id`,
  )
  const [user] = rows
  if (!user) throw new Error('no user')
  await client.query('insert into account_access (user_id, account_id) select $1, unnest($2::bigint[])', [
    user.id,
    indices.map(accountId),
  ])
  return user.id
}

/** Statistics as autovacuum would have them after a while: index-only scans need the visibility map. */
export async function settle(client: pg.ClientBase): Promise<void> {
  await client.query('vacuum analyze')
}
