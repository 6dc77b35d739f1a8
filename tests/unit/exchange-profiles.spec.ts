import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { detectFile } from '@/lib/exchange/detect'
import { bufferSource } from '@/lib/exchange/files/source'
import { matchHeading } from '@/lib/exchange/header'
import { layouts } from '@/lib/exchange/layouts'
import { profileSchema } from '@/lib/exchange/profile'
import { profileJson, profileJsonForm } from '@/lib/exchange/profile-form'
import { builtInProfiles } from '@/lib/exchange/profiles/built-in'
import { ownProfile } from '@/lib/exchange/profiles/own'
import { importKinds } from '@/lib/exchange/schema'
import { encoded } from '../support/billing-file'
import { readWhole, tableFile } from '../support/table-file'

const detected = async (lines: string[][]) =>
  (await detectFile(bufferSource(encoded(lines, 'windows-1251')))).profile

test.describe('a heading', () => {
  const charges = ownProfile('charges')
  const heading = Object.values(layouts.charges.columns)

  for (const kind of importKinds) {
    test(`tells the file of ${kind}`, async () => {
      expect((await detected([Object.values(layouts[kind].columns)]))?.name).toBe(ownProfile(kind).name)
    })
  }

  test('may stand in any order and case, with е for ё, with Latin or Cyrillic Т', () => {
    const loud = heading.toReversed().map((name) => ` ${name.toUpperCase().replaceAll('Ё', 'Е')}: `)
    const found = matchHeading(charges, loud)
    expect(found).toMatchObject({ missing: [], doubled: [], unused: [] })
    expect(found.positions.get('closing')).toBe(0)
    expect(matchHeading(ownProfile('readings'), ['Показание Т1']).positions.get('t1')).toBe(0)
  })

  test('may lack what is optional and nothing else', () => {
    expect(matchHeading(charges, heading).missing).toEqual([])
    expect(matchHeading(charges, heading.slice(1))).toMatchObject({ missing: ['ЛС'] })
  })

  test('names columns that stand twice, under whatever names, and those nobody asks for', () => {
    expect(matchHeading(charges, [...heading, 'LS', 'Участок', 'Участок'])).toMatchObject({
      doubled: ['LS'],
      unused: ['Участок', 'Участок'],
    })
  })

  test('is recognised with a column missing, so that its name can be told', async () => {
    expect((await detected([heading.slice(1)]))?.kind).toBe('charges')
  })

  for (const other of [['Имя', 'Сумма'], ['ЛС'], ['ЛС', 'Период', 'Услуга'], ['']]) {
    test(`is not ours: ${other.join(';').length} characters`, async () => {
      expect(await detected([other])).toBeUndefined()
    })
  }
})

test('a register of 1C is read: months as days, no units', async () => {
  const { accepted, refusal, rejected } = await readWhole(
    encoded(
      [
        'Лицевой счет;Период;Услуга;Сальдо на начало;Начислено;Перерасчеты;Льготы;Пени;Оплачено;Сальдо на конец'.split(
          ';',
        ),
        '0104523;Октябрь 2026;Отопление;1 000,00;1 872,61;0;0;0;1000;1 872,61'.split(';'),
        '0104524;01.10.2026 0:00:00;Отопление;-5,5;5.50;0;0;0;0;0'.split(';'),
        'Итого;;;994,5;1878,11;0;0;0;1000;1872,61'.split(';'),
      ],
      'windows-1251',
    ),
  )
  expect({ refusal, rejected }).toEqual({ refusal: null, rejected: [] })
  expect(accepted.map(({ row }) => row)).toMatchObject([
    {
      accountNumber: '0104523',
      period: '2026-10',
      unit: '',
      volume: null,
      charged: 187_261n,
      closing: 187_261n,
    },
    { accountNumber: '0104524', period: '2026-10', opening: -550n, charged: 550n, closing: 0n },
  ])
})

test('a bank register is read; without days its payments are of the middle of the month after', async () => {
  const lines = [
    ['ЛС', 'ФИО', 'Адрес', 'Период', 'Сумма'],
    ['0104523', 'Королёва А. П.', 'дом 7', '102026', '1250.00'],
  ]
  const { accepted, warnings, refusal } = await readWhole(encoded(lines, 'cp866'))
  expect({ warnings, refusal }).toEqual({ warnings: [], refusal: null })
  expect(accepted[0]?.row).toEqual({
    accountNumber: '0104523',
    amount: 125_000n,
    paidOn: '2026-11-15',
    period: '2026-10',
    document: '',
    place: '',
  })
  const dated = await readWhole(
    encoded(
      lines.map((cells, place) => [...cells, place ? '06.11.2026' : 'Дата']),
      'cp866',
    ),
  )
  expect(dated.accepted[0]?.row).toMatchObject({ paidOn: '2026-11-06' })
})

test('templates of GIS ЖКХ are read, their heading several lines down', async () => {
  const table = [
    ['Шаблон импорта сведений о лицевых счетах'],
    ['Обязательно'],
    ['Поля со звёздочкой'],
    [
      'Номер ЛС *',
      'Номер ЕЛС',
      'Фамилия',
      'Имя',
      'Отчество',
      'Адрес помещения',
      'Общая площадь, кв. м',
      'Количество проживающих',
    ],
    ['0104523', '70AB123456', 'Королёва', 'Анна', '', 'дом 7, кв. 41', '54.3', '3'],
  ]
  const { accepted, refusal, rejected } = await readWhole(
    await tableFile(table, { type: 'xlsx', encoding: 'utf-8', delimiter: ';' }),
  )
  expect({ refusal, rejected }).toEqual({ refusal: null, rejected: [] })
  expect(accepted[0]).toMatchObject({
    line: 5,
    row: { holderName: 'Королёва Анна', unifiedAccount: '70АВ123456', area: 543_000_000n, phone: null },
  })
})

test('readings and meters of GIS ЖКХ are recognised', async () => {
  const readings = [['Номер ЛС', 'Заводской номер ПУ', 'Дата снятия показаний', 'Показание Т1']]
  expect((await detected(readings))?.kind).toBe('readings')
  const meters = [
    [
      'Номер ЛС',
      'Заводской (серийный) номер ПУ',
      'Вид коммунального ресурса',
      'Место установки',
      'Дата установки',
      'Плановая дата поверки',
    ],
  ]
  expect((await detected(meters))?.kind).toBe('meters')
})

test('columns may go by number, and cells be the same in every row', async () => {
  const profile = profileSchema.parse({
    name: 'Почта',
    kind: 'payments',
    headerLines: 0,
    columns: { accountNumber: 2, amount: 4 },
    constants: { paidOn: '06.11.2026', place: 'Почта' },
  })
  const { accepted, warnings, heading } = await readWhole(
    encoded([['x', '0104523', 'y', '1,00']], 'utf-8'),
    profile,
  )
  expect(warnings).toEqual([])
  expect(heading).toEqual(['1', '2', '3', '4'])
  expect(accepted).toMatchObject([
    { line: 1, row: { accountNumber: '0104523', amount: 100n, place: 'Почта', paidOn: '2026-11-06' } },
  ])
})

test.describe('a profile', () => {
  test('survives being kept as a file', () => {
    for (const profile of builtInProfiles)
      expect(profileJsonForm.parse({ json: profileJson(profile) }).json).toEqual(profile)
  })

  const bad: readonly (readonly [change: object | string, reason: RegExp])[] = [
    ['{', /не JSON/],
    ['null', /не профиль/],
    [{ kind: 'people' }, /«kind»/],
    [{ headerLines: 21 }, /«headerLines»/],
    [{ columns: { accountNumber: ['ЛС'] } }, /не указано, где столбец «период»/i],
    [{ columns: { ...ownProfile('charges').columns, colour: ['Цвет'] } }, /поля «colour» у такого файла нет/],
    [{ columns: { ...ownProfile('charges').columns, period: [''] } }, /название столбца не заполнено/i],
    [{ key: ['basis', 'colour'] }, /поля «colour» в профиле нет/],
    [{ extra: 1 }, /лишнее: extra/],
  ]
  for (const [change, reason] of bad) {
    test(`with a mistake says where: ${reason.source}`, () => {
      const text =
        typeof change === 'string' ? change : JSON.stringify({ ...ownProfile('charges'), ...change })
      const { error } = profileJsonForm.safeParse({ json: text })
      expect(error?.issues[0]?.message).toMatch(reason)
    })
  }

  test('is never taken from anything that is none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(profileJsonForm.safeParse({ json: text }).success).toBe(false)
      }),
    )
  })
})

test('built-in profiles have names of their own and pass their own schema', () => {
  expect(new Set(builtInProfiles.map(({ name }) => name)).size).toBe(builtInProfiles.length)
  for (const profile of builtInProfiles) expect(profileSchema.parse(profile)).toEqual(profile)
})
