import type { staffRoles } from '@/db/schema'

/** What a member of staff is here for. */
export type StaffRole = (typeof staffRoles)[number]

/** Roles in the words of the pages. */
export const roleNames: Record<StaffRole, string> = {
  operator: 'Оператор',
  billing: 'Расчётчик',
  support: 'Специалист по обращениям',
  auditor: 'Проверяющий',
  administrator: 'Администратор',
}

/**
 * What may be done in the office, and who may: the one table behind every page and action of staff (ASVS 5.0 §8.1.1).
 * A passport opens to operators alone, for identification; auditors see the work of others and change nothing.
 */
export const permissions = {
  'office.enter': ['operator', 'billing', 'support', 'auditor', 'administrator'],
  'requests.see': ['operator', 'auditor'],
  'requests.decide': ['operator'],
  'passport.see': ['operator'],
  'people.see': ['operator', 'support', 'auditor', 'administrator'],
  'people.block': ['operator', 'administrator'],
  'people.unblock': ['operator', 'administrator'],
  'people.disconnect': ['operator', 'administrator'],
  'helpers.end': ['operator', 'support', 'administrator'],
  'suspicions.settle': ['operator', 'administrator'],
  'accounts.see': ['operator', 'billing', 'support', 'auditor', 'administrator'],
  'accounts.change-owner': ['operator'],
  'meters.change': ['operator', 'billing'],
  'readings.see': ['operator', 'billing', 'support', 'auditor'],
  'readings.enter': ['operator', 'billing', 'support'],
  'readings.settle': ['operator', 'billing'],
  'payments.see': ['operator', 'billing', 'auditor', 'administrator'],
  'payments.settle': ['billing'],
  'payments.refund': ['billing', 'administrator'],
  'exchange.see': ['billing', 'auditor'],
  'exchange.load': ['billing'],
  'exchange.hand': ['billing'],
  'enquiries.see': ['operator', 'support', 'auditor', 'administrator'],
  'enquiries.answer': ['operator', 'support'],
  'notices.see': ['operator', 'support', 'auditor', 'administrator'],
  'notices.publish': ['operator', 'administrator'],
  'documents.see': ['operator', 'support', 'auditor', 'administrator'],
  'documents.publish': ['administrator'],
  'staff.see': ['auditor', 'administrator'],
  'staff.change': ['administrator'],
  'privacy.see': ['operator', 'auditor', 'administrator'],
  'privacy.settle': ['operator', 'administrator'],
  'audit.see': ['auditor', 'administrator'],
  'settings.see': ['billing', 'auditor', 'administrator'],
  'settings.change': ['administrator'],
} as const satisfies Record<string, readonly StaffRole[]>
export type Permission = keyof typeof permissions

/** Whether somebody with these roles may do that. */
export function may(roles: readonly StaffRole[], permission: Permission): boolean {
  const allowed: readonly StaffRole[] = permissions[permission]
  return roles.some((role) => allowed.includes(role))
}
