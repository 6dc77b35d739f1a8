import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, importProfiles } from '@/db/schema'
import { type Profile, profileSchema } from '@/lib/exchange/profile'
import { removeProfile, saveProfile } from '@/lib/exchange/profile-commands'
import { columnText, fieldsOf, profileForm, profileJson, profileJsonForm } from '@/lib/exchange/profile-form'
import { findProfile, profileForStaff, profilesPage } from '@/lib/exchange/profile-queries'
import { builtInProfiles } from '@/lib/exchange/profiles/built-in'
import { expect, test } from '../support/database'
import { makeStaff } from '../support/people'

const someProfile = (values: Partial<Profile> = {}): Profile =>
  profileSchema.parse({
    name: `Файл ${randomUUID()}`,
    kind: 'payments',
    columns: { accountNumber: ['Счёт'], amount: ['Сумма'], paidOn: ['День'] },
    ...values,
  })

/** What the browser sends for a profile shown in the form. */
function formOf(profile: Profile, key = ''): Record<string, string> {
  const { name, kind, type, encoding, delimiter, headerLines, decimal, dates, periods, control } = profile
  const columns = fieldsOf(kind).flatMap(([field]) => [
    [`column.${field}`, columnText(profile.columns[field])],
    [`constant.${field}`, profile.constants[field] ?? ''],
  ])
  return {
    ...{ name, kind, type, encoding, decimal, dates, periods, control, ...(key ? { key } : {}) },
    delimiter: delimiter === '\t' ? 'tab' : delimiter,
    headerLines: String(headerLines),
    ...Object.fromEntries(profile.key.map((field) => [`rowKey.${field}`, 'on'])),
    ...Object.fromEntries(columns),
  }
}

async function kept(profile: Profile): Promise<string> {
  const result = await saveProfile(await makeStaff(), undefined, profile)
  if (result.status !== 'ok') throw new Error(JSON.stringify(result))
  return result.value.key
}

test('a profile is kept, changed and found by its key, each change in the journal', async () => {
  const staff = await makeStaff()
  const profile = someProfile()
  const made = await saveProfile(staff, undefined, profile)
  if (made.status !== 'ok') throw new Error('not kept')
  const { key } = made.value
  expect(await findProfile(db(), key)).toEqual(profile)
  const changed = { ...profile, encoding: 'cp866' as const }
  expect(await saveProfile(staff, key, changed)).toEqual(made)
  expect(await profileForStaff(staff, key)).toMatchObject({ profile: changed, own: { by: staff.login } })
  const acts = await db().select().from(auditLog).where(eq(auditLog.subjectId, key))
  expect(acts.map(({ action, subjectLabel }) => [action, subjectLabel])).toEqual([
    ['profile.saved', profile.name],
    ['profile.saved', profile.name],
  ])
})

test('a built-in profile is never changed: saving under its key makes one of our own', async () => {
  const staff = await makeStaff()
  const [first] = (await profilesPage(staff)).filter((one) => !one.own)
  if (!first) throw new Error('no built-in profile')
  expect(await saveProfile(staff, first.key, first.profile)).toMatchObject({
    status: 'invalid',
    errors: { name: expect.stringContaining('уже есть') },
  })
  const copy = { ...first.profile, name: `Копия ${randomUUID()}` }
  const result = await saveProfile(staff, first.key, copy)
  expect(result.status === 'ok' && result.value.key).not.toBe(first.key)
  expect(await findProfile(db(), first.key)).toEqual(builtInProfiles[0])
})

test('two profiles never share a name, not even when both are saved at once', async () => {
  const staff = await makeStaff()
  const profile = someProfile()
  const results = await Promise.all(Array.from({ length: 5 }, () => saveProfile(staff, undefined, profile)))
  expect(results.map((result) => result.status).sort()).toEqual([
    'invalid',
    'invalid',
    'invalid',
    'invalid',
    'ok',
  ])
  expect(await db().$count(importProfiles, eq(importProfiles.name, profile.name))).toBe(1)
  const other = await kept(someProfile())
  expect(await saveProfile(staff, other, profile)).toMatchObject({ status: 'invalid' })
})

test('a deleted profile is gone, and saving it again says so', async () => {
  const staff = await makeStaff()
  const profile = someProfile()
  const key = await kept(profile)
  expect(await removeProfile(staff, key)).toMatchObject({ status: 'ok' })
  expect(await findProfile(db(), key)).toBeUndefined()
  expect(await removeProfile(staff, key)).toMatchObject({ status: 'refused', code: 'absent' })
  expect(await removeProfile(staff, 'std-1')).toMatchObject({ status: 'refused', code: 'absent' })
  expect(await saveProfile(staff, key, profile)).toMatchObject({ status: 'refused', code: 'absent' })
})

test('the form gives back every profile as it was', () => {
  const odd = someProfile({
    delimiter: '\t',
    headerLines: 0,
    columns: { accountNumber: 1, amount: 3, period: 2 },
  })
  const fixed = someProfile({ constants: { place: 'Почта' }, key: ['accountNumber', 'paidOn'] })
  for (const profile of [...builtInProfiles, odd, fixed]) {
    expect(profileForm.parse(formOf(profile, 'k'))).toEqual({ key: 'k', profile })
  }
})

test('what is wrong in the form is told at its field', () => {
  const errors = (form: Record<string, string>) =>
    profileForm.safeParse(form).error?.issues.map((issue) => [issue.path.join('.'), issue.message])
  const form = formOf(someProfile())
  expect(errors({ ...form, name: ' ' })).toEqual([['name', 'Назовите профиль']])
  expect(errors({ ...form, headerLines: '21' })).toMatchObject([['headerLines', expect.any(String)]])
  expect(errors({ ...form, 'column.amount': '' })).toEqual([['columns', 'Не указано, где столбец «Сумма»']])
  expect(errors({ ...form, encoding: 'latin1' })).toMatchObject([['encoding', 'Заполнено неверно']])
  expect(errors({ ...form, 'rowKey.place': 'on' })).toMatchObject([
    ['rowKey', expect.stringContaining('place')],
  ])
})

test('a profile travels as JSON, and a broken one is refused in words', () => {
  for (const profile of builtInProfiles)
    expect(profileJsonForm.parse({ json: `\uFEFF${profileJson(profile)}` }).json).toEqual(profile)
  const problem = (json: string) => profileJsonForm.safeParse({ json }).error?.issues[0]?.message
  expect(problem(' ')).toMatch(/вставьте текст/)
  expect(problem('{')).toMatch(/не JSON/)
  expect(problem('[]')).toMatch(/не профиль/)
  expect(problem(`{"name": "${'x'.repeat(10_000)}"}`)).toMatch(/Слишком длинный/)
  const { columns: _, ...rest } = someProfile()
  expect(problem(JSON.stringify(rest))).toMatch(/«columns»: не заполнено/)
  expect(problem(JSON.stringify({ ...someProfile(), encoding: 'latin1', extra: 1 }))).toMatch(
    /«encoding»: бывает utf-8, .*лишнее: extra/s,
  )
})
