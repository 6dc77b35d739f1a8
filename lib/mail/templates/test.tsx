/** @jsxImportSource react */

import { z } from 'zod'
import { P, Sheet, template } from './letter'

/** «Отправить пробное письмо» of the settings: that it arrived is all it says. */
export const testLetter = template(z.object({}), (_payload, context) => ({
  subject: 'Пробное письмо',
  body: (
    <Sheet heading="Письма доходят" context={context}>
      <P>Это письмо отправил сотрудник из настроек личного кабинета, чтобы проверить почту.</P>
    </Sheet>
  ),
}))
