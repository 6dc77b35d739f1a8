import { expect, test } from '@playwright/test'
import { isSetUpCode, setUpCode } from '@/lib/setup/code'
import { setUpForm, setUpSchema } from '@/lib/setup/schema'
import { requisites } from '../support/requisites'
import { newCompany } from '../support/setup'

const flat = (whole: Record<string, Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(whole).flatMap(([group, fields]) =>
      Object.entries(fields).map(([name, value]) => [`${group}.${name}`, value]),
    ),
  )

const problems = (change: Record<string, string | undefined>) =>
  Object.fromEntries(
    (setUpForm.safeParse({ ...flat(newCompany), ...change }).error?.issues ?? [])
      .map(({ path, message }) => [path.join('.'), message])
      .toReversed(),
  )

test('the form and the file come to the same', () => {
  const { code, files, ...fromForm } = setUpForm.parse({ ...flat(newCompany), code: 'x' })
  expect(code).toBe('x')
  expect(files).toEqual({})
  expect(fromForm).toEqual(setUpSchema.parse(newCompany))
  expect(fromForm.requisites).toBeNull()
})

test('a file may list the phones, and need not repeat the password', () => {
  const { repeat: _, ...administrator } = newCompany.administrator
  const file = {
    ...newCompany,
    administrator,
    requisites,
    company: { ...newCompany.company, phones: ['(48134) 2-22-22'] },
  }
  expect(setUpSchema.parse(file)).toMatchObject({
    requisites,
    company: { phones: [{ text: '(48134) 2-22-22', tel: '+74813422222' }] },
  })
})

for (const [change, field] of [
  [{ 'company.name': '' }, 'company.name'],
  [{ 'company.phones': '2-22-22' }, 'company.phones'],
  [{ 'requisites.inn': '6724001233' }, 'requisites.inn'],
  [{ 'administrator.login': 'админ' }, 'administrator.login'],
  [{ 'administrator.login': 'ab' }, 'administrator.login'],
  [{ 'administrator.password': 'короткий' }, 'administrator.password'],
  [{ 'administrator.repeat': 'не тот' }, 'administrator.repeat'],
  [{ 'administrator.email': 'не почта' }, 'administrator.email'],
  [{ 'documents.privacy': 'а'.repeat(150_001) }, 'documents.privacy'],
] as const) {
  test(`set-up: ${JSON.stringify(change).slice(0, 50)} is refused at its field`, () => {
    expect(Object.keys(problems(change))).toContain(field)
  })
}

for (const name of ['__proto__.x', 'constructor.prototype', 'strange.field', '.', 'company.name.first'])
  test(`a field «${name}» is no harm`, () => {
    expect(problems({ [name]: 'x' })).toEqual({})
    expect({}).not.toHaveProperty('x')
  })

test('the code is taken however it is typed, and no other is', () => {
  const code = setUpCode()
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  expect(isSetUpCode(code)).toBe(true)
  expect(isSetUpCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(true)
  for (const other of ['', '-', code.slice(1), `${code}0`, '0000-0000-0000'])
    expect(isSetUpCode(other)).toBe(false)
})
