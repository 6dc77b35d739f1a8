import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkImport, loadImport } from '@/lib/exchange/commands'
import { billingLines } from '../support/billing-file'
import { expect, test } from '../support/database'
import { freshNumber, receive, viewOf } from '../support/imports'
import { makeAccount, makeStaff } from '../support/people'
import { tableFile, textFile } from '../support/table-file'

/** Everything a load of charges writes, without what tells one load from another. */
async function stateOf(accountIds: number[]) {
  const { rows } = await db().execute(sql`
    select a.account_number, c.*, null as account_id, null as import_id, s.name,
      (select json_agg(json_build_array(e.kind, e.amount, e.period) order by e.id)
        from ledger_entries e where e.account_id = a.id) as entries
    from stated_charges c join accounts a on a.id = c.account_id join services s on s.id = c.service_id
    where a.id = any(${sql.param(accountIds)}::bigint[]) order by a.id, c.period, s.name`)
  return rows
}

test('the same month in every form gives the same state, to the kopeck, and each of them again changes nothing', async () => {
  const homes = await Promise.all(
    Array.from({ length: 4 }, () => makeAccount({ accountNumber: freshNumber() })),
  )
  const rows = homes.flatMap(({ accountNumber }, place) => [
    {
      accountNumber,
      opening: '-1872,61',
      charged: `${place},07`,
      closing: `${-1872 + place},54`,
      paid: '0,00',
    },
    {
      accountNumber,
      service: 'Отопление № 1 «Северное»',
      unit: 'Гкал',
      volume: '1,3086',
      tariff: '2345,6789',
    },
  ])
  const lines = billingLines('charges', rows)
  const short = ['ЛС', 'PERIOD', 'УСЛУГА', 'UNIT', 'ОБЪЕМ', 'TARIFF', 'ВХ_САЛЬДО', 'НАЧИСЛЕНО', 'ПЕРЕРАСЧЕТ']
  const dbf = lines.slice(0, -1).with(0, [...short, 'ЛЬГОТА', 'ПЕНИ', 'ОПЛАЧЕНО', 'ИСХ_САЛЬДО'])
  const files = {
    'a.csv': textFile(lines, { encoding: 'windows-1251' }),
    'b.csv': textFile(lines, { encoding: 'utf-8' }),
    'c.dbf': await tableFile(dbf, { type: 'dbf', encoding: 'windows-1251', delimiter: ';' }),
    'd.xlsx': await tableFile(lines, { type: 'xlsx', encoding: 'utf-8', delimiter: ';' }),
  }
  const states = []
  const staff = await makeStaff()
  for (const [name, bytes] of Object.entries(files)) {
    const id = await receive(staff, bytes, name)
    expect(await checkImport(id)).toMatchObject({ status: 'ok' })
    const { report } = await viewOf(staff, id)
    const added = states.length === 0 ? rows.length : 0
    expect(report.changes, name).toEqual([
      { what: 'Начисления', added, changed: 0, unchanged: rows.length - added },
    ])
    expect(await loadImport(staff, id), name).toMatchObject({ status: 'ok' })
    states.push(await stateOf(homes.map(({ id }) => id)))
  }
  expect(states[0]).toHaveLength(rows.length)
  for (const state of states) expect(state).toEqual(states[0])
})
