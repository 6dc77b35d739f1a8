import { expect, test } from '@playwright/test'
import { roomsFor } from '@/app/_ui/office-rooms'
import { staffRoles } from '@/db/schema'
import { may, type Permission, permissions } from '@/lib/session/permissions'

/**
 * Who may do what, said a second time: operator, billing, support, auditor, administrator. A permission without a row here
 * fails the types; a row that differs from the rule fails the test.
 */
const table: Record<Permission, readonly [0 | 1, 0 | 1, 0 | 1, 0 | 1, 0 | 1]> = {
  //                      op bi su au ad
  'office.enter': [1, 1, 1, 1, 1],
  'requests.see': [1, 0, 0, 1, 0],
  'requests.decide': [1, 0, 0, 0, 0],
  'passport.see': [1, 0, 0, 0, 0],
  'people.see': [1, 0, 1, 1, 1],
  'people.block': [1, 0, 0, 0, 1],
  'people.unblock': [1, 0, 0, 0, 1],
  'people.disconnect': [1, 0, 0, 0, 1],
  'helpers.end': [1, 0, 1, 0, 1],
  'suspicions.settle': [1, 0, 0, 0, 1],
  'accounts.see': [1, 1, 1, 1, 1],
  'accounts.change-owner': [1, 0, 0, 0, 0],
  'meters.change': [1, 1, 0, 0, 0],
  'readings.see': [1, 1, 1, 1, 0],
  'readings.enter': [1, 1, 1, 0, 0],
  'readings.settle': [1, 1, 0, 0, 0],
  'payments.see': [1, 1, 0, 1, 1],
  'payments.settle': [0, 1, 0, 0, 0],
  'payments.refund': [0, 1, 0, 0, 1],
  'exchange.see': [0, 1, 0, 1, 0],
  'exchange.load': [0, 1, 0, 0, 0],
  'exchange.hand': [0, 1, 0, 0, 0],
  'enquiries.see': [1, 0, 1, 1, 1],
  'enquiries.answer': [1, 0, 1, 0, 0],
  'notices.see': [1, 0, 1, 1, 1],
  'notices.publish': [1, 0, 0, 0, 1],
  'documents.see': [1, 0, 1, 1, 1],
  'documents.publish': [0, 0, 0, 0, 1],
  'staff.see': [0, 0, 0, 1, 1],
  'staff.change': [0, 0, 0, 0, 1],
  'privacy.see': [1, 0, 0, 1, 1],
  'privacy.settle': [1, 0, 0, 0, 1],
  'audit.see': [0, 0, 0, 1, 1],
  'settings.see': [0, 1, 0, 1, 1],
  'settings.change': [0, 0, 0, 0, 1],
}

test('every permission of the rule has a row, and every row is a permission', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(permissions).sort())
})

for (const [permission, cells] of Object.entries(table)) {
  test(`who may do ${permission}`, () => {
    const allowed = staffRoles.map((role) => (may([role], permission as Permission) ? 1 : 0))
    expect(allowed).toEqual(cells)
  })
}

test('several roles may what any of them may, no role may nothing', () => {
  const all = Object.keys(permissions) as Permission[]
  for (const permission of all) {
    expect(may([], permission)).toBe(false)
    for (const one of staffRoles)
      for (const other of staffRoles)
        expect(may([one, other], permission)).toBe(may([one], permission) || may([other], permission))
  }
})

test('an auditor changes nothing and opens no passport; an administrator opens no passport', () => {
  const changing = (Object.keys(permissions) as Permission[]).filter(
    (permission) => !/\.(see|enter)$/.test(permission) || permission === 'readings.enter',
  )
  expect(changing.filter((permission) => may(['auditor'], permission))).toEqual([])
  expect(may(['auditor', 'administrator', 'billing', 'support'], 'passport.see')).toBe(false)
})

test('the office shows the rooms the roles may enter', () => {
  const names = (role: (typeof staffRoles)[number]) => roomsFor([role]).map(({ name }) => name)
  expect(names('operator')).toContain('Заявки')
  expect(names('operator')).not.toContain('Обмен')
  expect(names('billing')).not.toContain('Заявки')
  expect(names('support')[0]).toBe('Люди')
  expect(names('administrator')).toContain('Сотрудники')
  expect(roomsFor([])).toEqual([])
})
