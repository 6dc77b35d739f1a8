import { z } from 'zod'
import { staffRoles } from '@/db/schema'
import type { StaffRole } from '@/lib/session/permissions'
import { emailAddress, optionalName, personName } from '@/lib/units/fields'
import { reason } from './schema'

/** One tick per role, named after it; together they become `roles`. */
const ticks = {
  operator: z.string().optional(),
  billing: z.string().optional(),
  support: z.string().optional(),
  auditor: z.string().optional(),
  administrator: z.string().optional(),
} satisfies Record<StaffRole, z.ZodOptional<z.ZodString>>

type Ticks = { [Role in StaffRole]?: string | undefined }

const chosen = (form: Ticks) => staffRoles.filter((role) => form[role] !== undefined)

const someRole = {
  path: ['roles'],
  error: 'Выберите хотя бы одну роль: без роли сотрудник ничего не откроет',
  // Told together with the problems of the other fields.
  when: () => true,
}

/** «Пригласить». */
export const inviteSchema = z
  .object({
    lastName: personName('Напишите фамилию'),
    firstName: personName('Напишите имя'),
    patronymic: optionalName(),
    email: emailAddress('Напишите адрес почты: на него уйдёт приглашение'),
    ...ticks,
  })
  .refine((form) => chosen(form).length > 0, someRole)
  .transform(({ lastName, firstName, patronymic, email, ...form }) => ({
    person: { lastName, firstName, patronymic, email },
    roles: chosen(form),
  }))

/** «Сохранить роли». */
export const rolesSchema = z
  .object({ userId: z.uuid(), ...ticks })
  .refine((form) => chosen(form).length > 0, someRole)
  .transform(({ userId, ...form }) => ({ userId, roles: chosen(form) }))

/** «Отправить приглашение ещё раз», «Отозвать приглашение». */
export const staffIdSchema = z.object({ userId: z.uuid() })

/** «Отстранить», «Вернуть». */
export const dismissSchema = z.object({ userId: z.uuid(), reason })

/** «Сбросить»: the password, or the second step with it. */
export const resetSchema = z.object({
  userId: z.uuid(),
  what: z.enum(['password', 'both'], 'Выберите, что сбросить'),
  reason,
})
