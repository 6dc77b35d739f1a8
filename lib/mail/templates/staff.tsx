/** @jsxImportSource react */

import { z } from 'zod'
import { Login, linkAddress } from './credentials'
import { Act, P, Sheet, template } from './letter'

const said = {
  invited: {
    subject: 'Вас приглашают в кабинет сотрудника',
    words: 'Вам открыт кабинет сотрудника. Ваш логин:',
  },
  returned: {
    subject: 'Доступ в кабинет сотрудника восстановлен',
    words: 'Доступ снова открыт. Прежний пароль больше не действует — придумайте новый. Ваш логин:',
  },
  password: {
    subject: 'Пароль в кабинете сотрудника сброшен',
    words: 'Администратор сбросил ваш пароль: все входы закрыты. Придумайте новый. Ваш логин:',
  },
  both: {
    subject: 'Пароль и второй шаг входа сброшены',
    words:
      'Администратор сбросил ваш пароль и второй шаг входа: все входы закрыты, прежние запасные коды не действуют. Ваш логин:',
  },
} as const

/** To a member of staff: the login, and the one-time link for a password. `roles` are in words. */
export const staffAccess = template(
  z.object({
    why: z.enum(['invited', 'returned', 'password', 'both']),
    login: z.string(),
    linkId: z.uuid(),
    roles: z.array(z.string()),
  }),
  ({ why, login, linkId, roles }, context) => ({
    subject: said[why].subject,
    body: (
      <Sheet heading={said[why].subject} context={context}>
        <P>{said[why].words}</P>
        <Login login={login} />
        <P>Роли: {roles.join(', ').toLowerCase()}.</P>
        <P>Ссылка для пароля сработает один раз и действует 72 часа.</P>
        <Act href={linkAddress(linkId, context)}>Задать пароль</Act>
        <P>
          При входе кроме пароля понадобится код из приложения на телефоне.{' '}
          {why === 'invited' || why === 'both'
            ? 'Кабинет сам покажет, как его настроить.'
            : 'Он настроен у вас, как прежде.'}
        </P>
        <P>Если вы этого не ждали, позвоните администратору: ссылку никому не пересылайте.</P>
      </Sheet>
    ),
  }),
)
