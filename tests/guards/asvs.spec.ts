import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { levels } from './asvs-levels'

const ROOT = path.resolve(import.meta.dirname, '../..')
const TABLE = 'docs/security/asvs.md'

interface Row {
  ids: string
  level: string
  asked: string
  verdict: string
  where: string
  shown: string
}

const verdicts = ['yes', 'no', 'does not apply'] as const

/** Requirements of levels 1 and 2 in the order of the standard. */
const wanted = Object.entries(levels).flatMap(([section, each]) =>
  [...each].flatMap((level, place) => (level === '3' ? [] : [{ id: `${section}.${place + 1}`, level }])),
)

function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => {
      const [, ids = '', level = '', asked = '', verdict = '', where = '', shown = ''] = line
        .split('|')
        .map((cell) => cell.trim())
      return { ids, level, asked, verdict, where, shown }
    })
}

/** The requirements a row is about: «1.2.3», or all of «1.2.3–1.3.1». */
function requirementsOf({ ids }: Row) {
  const [first = '', last = first] = ids.split('–')
  const [from, to] = [first, last].map((id) => wanted.findIndex((one) => one.id === id))
  return from === undefined || to === undefined || from < 0 || to < from ? [] : wanted.slice(from, to + 1)
}

function pathsIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)
}

function verdictOf({ verdict }: Row): string | undefined {
  return verdicts.find((one) => verdict === one || verdict.startsWith(`${one}: `))
}

/** What is wrong with the table, a line each. */
function faultsOf(text: string): string[] {
  const rows = rowsOf(text)
  return [...rows.flatMap(faultsOfRow), ...faultsOfCounts(text, rows)]
}

function faultsOfRow(row: Row): string[] {
  const requirements = requirementsOf(row)
  const [verdict, where, shown] = [verdictOf(row), pathsIn(row.where), pathsIn(row.shown)]
  const told = [...new Set(requirements.map(({ level }) => level))].sort().join(', ')
  const faults = {
    'is no requirement of these levels': requirements.length === 0,
    [`is of level ${told}`]: row.level !== told,
    'is asked for in no words': !row.asked,
    'has no verdict': verdict === undefined,
    'gives no reason': verdict !== 'yes' && row.verdict === verdict,
    'names no code': verdict !== 'does not apply' && where.length === 0,
    'is shown by nothing and does not say so':
      verdict === 'yes' && !shown.length && !/^no test/.test(row.shown),
    'is shown by what is no test': shown.some((file) => !/^tests\/.+\.spec\.ts$/.test(file)),
  }
  const gone = [...where, ...shown].filter((file) => !existsSync(path.join(ROOT, file)))
  return [
    ...Object.entries(faults).flatMap(([fault, found]) => (found ? [`${row.ids} ${fault}`] : [])),
    ...gone.map((file) => `${row.ids} names ${file}, which is not there`),
  ]
}

/** Each requirement once, and the counts of the summary. */
function faultsOfCounts(text: string, rows: readonly Row[]): string[] {
  const kept = rows.flatMap((row) => requirementsOf(row).map(({ id }) => ({ id, verdict: verdictOf(row) })))
  const strays = wanted.flatMap(({ id }) => {
    const times = kept.filter((one) => one.id === id).length
    return times === 1 ? [] : [`${id} stands ${times} times`]
  })
  const untested = rows.filter((row) => verdictOf(row) === 'yes' && pathsIn(row.shown).length === 0).length
  const counts = verdicts.map(
    (verdict) => `${verdict} ${kept.filter((one) => one.verdict === verdict).length}`,
  )
  const summary = `Of ${wanted.length}: ${counts.join(', ')}; of those met, ${untested} without a test.`
  return text.includes(summary) ? strays : [...strays, `the summary should say «${summary}»`]
}

const table = readFileSync(path.join(ROOT, TABLE), 'utf8')

test('every requirement of ASVS 5.0.0 of levels 1 and 2 has its row, with code and tests that are there', () => {
  expect(wanted).toHaveLength(253)
  expect(faultsOf(table)).toEqual([])
})

const breaches: readonly (readonly [what: string, from: string | RegExp, to: string, fault: string])[] = [
  ['a row is gone', /^\| 6\.2\.4 .*\n/m, '', '6.2.4 stands 0 times'],
  ['a row stands twice', '| 6.2.5 | 1 |', '| 6.2.4 | 1 |', '6.2.4 stands 2 times'],
  ['a level is wrong', '| 6.2.5 | 1 |', '| 6.2.5 | 2 |', '6.2.5 is of level 1'],
  ['a requirement is of level 3', '| 6.2.5 | 1 |', '| 1.2.10 | 3 |', '1.2.10 is no requirement'],
  ['a file is gone', '`lib/session/throttle.ts`', '`lib/session/brakes.ts`', 'names lib/session/brakes.ts'],
  [
    'a test is gone',
    '`tests/unit/session.spec.ts`',
    '`tests/unit/sessions.spec.ts`',
    'sessions.spec.ts, which is not',
  ],
  ['a verdict is another', /does not apply: see 3\.5\.1/, 'probably', '3.5.2 has no verdict'],
  ['a reason is missing', 'does not apply: see 3.5.1', 'does not apply', '3.5.2 gives no reason'],
  ['the counts are old', 'Of 253: yes ', 'Of 253: yes 1', 'the summary should say'],
]
for (const [what, from, to, fault] of breaches) {
  test(`the table of ASVS: ${what}, and it is seen`, () => {
    const broken = table.replace(from, to)
    expect(broken).not.toBe(table)
    expect(faultsOf(broken).join('\n')).toContain(fault)
  })
}
