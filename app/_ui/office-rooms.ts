import { may, type Permission, type StaffRole } from '@/lib/session/permissions'

interface Room {
  href: string
  name: string
  /** Who may not do this does not see the room. */
  permission: Permission
}

const rooms: readonly Room[] = [
  { href: '/admin/requests', name: 'Заявки', permission: 'requests.see' },
  { href: '/admin/people', name: 'Люди', permission: 'people.see' },
  { href: '/admin/accounts', name: 'Счета', permission: 'accounts.see' },
  { href: '/admin/readings', name: 'Показания', permission: 'readings.see' },
  { href: '/admin/payments', name: 'Платежи', permission: 'payments.see' },
  { href: '/admin/exchange', name: 'Обмен', permission: 'exchange.see' },
  { href: '/admin/enquiries', name: 'Обращения', permission: 'enquiries.see' },
  { href: '/admin/notices', name: 'Объявления', permission: 'notices.see' },
  { href: '/admin/privacy', name: 'Данные', permission: 'privacy.see' },
  { href: '/admin/staff', name: 'Сотрудники', permission: 'staff.see' },
  { href: '/admin/documents', name: 'Документы', permission: 'documents.see' },
  { href: '/admin/audit', name: 'Журнал', permission: 'audit.see' },
  { href: '/admin/settings', name: 'Настройки', permission: 'settings.see' },
]

/** The rooms of the office these roles may enter, in their order on the page. */
export function roomsFor(roles: readonly StaffRole[]): readonly Room[] {
  return rooms.filter(({ permission }) => may(roles, permission))
}
