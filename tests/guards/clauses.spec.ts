import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Clauses of the agreement that the software does something about. */
const CLAUSES = [
  '1',
  '2.2',
  '2.3',
  '2.4',
  '2.5',
  '3.2',
  '3.3',
  '3.4',
  '4.4',
  '4.5',
  '4.6',
  '4.7',
  '4.8',
  '5.1',
  '5.2',
]

/** Rows of docs/agreement.md: the clauses named, and the journeys as file and title. */
function rowsOf(text: string) {
  return text
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => {
      const [, clauses = '', , journeys = ''] = line.split('|')
      return {
        clauses: clauses.split(',').map((clause) => clause.trim()),
        journeys: [...journeys.matchAll(/`([\w.-]+\.spec\.ts)` ([^<|]+)/g)].map(
          ([, file = '', title = '']) => ({
            file,
            title: title.trim(),
          }),
        ),
      }
    })
}

test('every clause of the agreement has a browser journey that shows it', () => {
  const rows = rowsOf(readFileSync(path.join(ROOT, 'docs/agreement.md'), 'utf8'))
  const shown = rows.flatMap(({ clauses }) => clauses)
  expect(CLAUSES.filter((clause) => !shown.includes(clause))).toEqual([])
  const titles = new Map(
    readdirSync(path.join(ROOT, 'tests/e2e')).map((file) => [
      file,
      readFileSync(path.join(ROOT, 'tests/e2e', file), 'utf8'),
    ]),
  )
  for (const { clauses, journeys } of rows) {
    expect(journeys, `clause ${clauses.join(', ')}`).not.toEqual([])
    for (const { file, title } of journeys)
      expect(titles.get(file)?.includes(`test('${title}'`), `${file}: ${title}`).toBe(true)
  }
})
