import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import iconv from 'iconv-lite'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { streamRows } from '@/db/stream'
import { record } from '@/lib/audit/record'
import { type AcceptedKind, acceptedKinds, consentKinds } from '@/lib/documents/acceptance'
import { documentNames } from '@/lib/documents/schema'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { csvLine } from '@/lib/units/sheet'
import { cleanLine } from '@/lib/units/text'

const PAGE = 100

/** What the list is asked for, as it stands in the address; what cannot be read is left out. */
export const acceptanceFilter = z.object({
  q: z.string().overwrite(cleanLine).max(100).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

/** A version of a document somebody accepts. */
export interface AcceptedVersion {
  kind: AcceptedKind
  version: number
}

const shape = z.object({
  userId: z.string(),
  login: z.string(),
  name: z.string(),
  version: z.number(),
  /** Epoch, ms. */
  at: z.number().transform((ms) => new Date(ms)),
  address: z.string(),
  withdrawn: z.boolean(),
})
export type Acceptance = z.output<typeof shape>

/** Who accepted a version, the latest first; `q` is how a login begins. At most 100 at a time. */
export async function acceptances(
  _staff: Staff,
  of: AcceptedVersion,
  { q, page }: z.output<typeof acceptanceFilter>,
): Promise<{ rows: Acceptance[]; found: number; pages: number }> {
  const found = await countOf(db(), of, q)
  const { rows } = await db().execute(
    sql`${accepted(of, q)} order by c.given_at desc, c.id limit ${PAGE} offset ${(page - 1) * PAGE}`,
  )
  return { rows: z.array(shape).parse(rows), found, pages: Math.ceil(found / PAGE) }
}

/**
 * The list as CSV, and enters who took it.
 * @returns the bytes as they are made
 */
export async function acceptanceFile(staff: Staff, of: AcceptedVersion): Promise<AsyncGenerator<Uint8Array>> {
  await db().transaction(async (tx) => {
    await record(tx, staff, {
      action: 'export.made',
      subject: { kind: 'export', id: randomUUID(), label: `${of.kind} ${of.version}` },
      after: { kind: of.kind, version: of.version, format: 'csv-utf8', rows: await countOf(tx, of, '') },
    })
  })
  return fileOf(of)
}

async function* fileOf(of: AcceptedVersion): AsyncGenerator<Uint8Array> {
  const line = (cells: string[]) => csvLine(cells.map((text) => ({ text })))
  const heads = ['Документ', 'Версия', 'Логин', 'Имя', 'Когда (Москва)', 'Адрес в сети', 'Отозвано']
  yield iconv.encode(`\uFEFF${line(heads)}`, 'utf-8')
  for await (const rows of streamRows(sql`${accepted(of, '')} order by c.given_at, c.id`)) {
    const lines = z
      .array(shape)
      .parse(rows)
      .map((one) => {
        const said = [documentNames[of.kind], String(one.version), one.login, one.name]
        return line([...said, formatInstant(one.at), one.address, one.withdrawn ? 'да' : ''])
      })
    yield iconv.encode(lines.join(''), 'utf-8')
  }
}

function accepted({ kind, version }: AcceptedVersion, q: string): SQL {
  return sql`
    select u.id as "userId", u.login, concat_ws(' ', u.last_name, u.first_name, nullif(u.patronymic, '')) as name,
      c.document_version::int as version, floor(extract(epoch from c.given_at) * 1000)::float8 as at, c.address,
      c.withdrawn_at is not null as withdrawn
    from consents c join users u on u.id = c.user_id
    where c.kind = ${consentKinds[kind]} and c.document_version = ${version}
      and starts_with(u.login, ${q.toLowerCase()})`
}

async function countOf(reader: Reader, of: AcceptedVersion, q: string): Promise<number> {
  const { rows } = await reader.execute(sql`select count(*)::int as count from (${accepted(of, q)}) listed`)
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0
}

/** The kinds as they stand in addresses. */
export const acceptedKind = z.enum(acceptedKinds)
