import { staffRoles } from '@/db/schema'
import { roleNames, type StaffRole } from '@/lib/session/permissions'
import type { RoleChoice } from './role-fields'

const roleWords: Record<StaffRole, string> = {
  operator: 'Заявки, паспорта, люди, показания, обращения',
  billing: 'Обмен с биллингом, платежи и возвраты, счётчики',
  support: 'Обращения, показания со слов жителя',
  auditor: 'Видит работу всех, ничего не меняет',
  administrator: 'Сотрудники, документы, настройки; паспортов не видит',
}

/** The roles as ticks of a form. */
export const roleChoices: readonly RoleChoice[] = staffRoles.map((role) => ({
  role,
  name: roleNames[role],
  words: roleWords[role],
}))

/** «Оператор, Расчётчик». */
export function rolesInWords(roles: readonly StaffRole[]): string {
  return roles.map((role) => roleNames[role]).join(', ') || 'нет'
}
