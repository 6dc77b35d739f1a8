'use client'

import type { ComponentProps, ReactNode } from 'react'
import { CheckField, TextAreaField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'

/** The fields in the words that do not change. */
export const labels = {
  accountNumber: 'Лицевой счёт',
  meterSerial: 'Номер любого счётчика',
  lastName: 'Фамилия',
  firstName: 'Имя',
  patronymic: 'Отчество',
  registrationAddress: 'Адрес регистрации',
  postalAddress: 'Почтовый адрес',
  sameAddress: 'Совпадает с адресом регистрации',
  passport: 'Серия и номер паспорта',
  passportIssuedBy: 'Кем выдан',
  passportIssuedOn: 'Дата выдачи',
  email: 'Электронная почта',
  phone: 'Мобильный телефон',
  acceptAgreement: 'Пользовательское соглашение',
  acceptConsent: 'Согласие на обработку данных',
} as const
type Name = keyof typeof labels

const around = (view: FormView, name: Name) => ({ name, label: labels[name], error: view.error(name) })

function Line({
  view,
  name,
  ...rest
}: { view: FormView; name: Name; hint: ReactNode } & ComponentProps<'input'>) {
  return <TextField {...around(view, name)} defaultValue={view.value(name)} {...rest} />
}

function Lines({
  view,
  name,
  ...rest
}: { view: FormView; name: Name; hint: ReactNode } & ComponentProps<'textarea'>) {
  return <TextAreaField {...around(view, name)} defaultValue={view.value(name)} rows={2} {...rest} />
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="grid gap-5">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** «Квартира». */
export function DwellingFields({ view }: { view: FormView }) {
  return (
    <Part id="dwelling" title="Квартира">
      <Line
        view={view}
        name="accountNumber"
        hint="7 цифр, вверху квитанции"
        inputMode="numeric"
        autoComplete="off"
        className="max-w-56"
      />
      <Line
        view={view}
        name="meterSerial"
        hint="Не обязательно: поможет нам понять, что квартира ваша"
        autoComplete="off"
        className="max-w-56"
      />
    </Part>
  )
}

/** «Вы». */
export function PersonFields({ view }: { view: FormView }) {
  const compared = 'Как в паспорте: сверим с владельцем счёта'
  return (
    <Part id="person" title="Вы">
      <Line view={view} name="lastName" hint={compared} autoComplete="family-name" />
      <Line view={view} name="firstName" hint={compared} autoComplete="given-name" />
      <Line view={view} name="patronymic" hint="Если есть в паспорте" autoComplete="additional-name" />
      <Lines
        view={view}
        name="registrationAddress"
        hint="Как в паспорте: сверим с адресом квартиры"
        autoComplete="street-address"
      />
      <Lines
        view={view}
        name="postalAddress"
        hint="Куда напишем, если письмо на электронную почту не дойдёт"
        autoComplete="shipping street-address"
      />
      <CheckField
        name="sameAddress"
        label={labels.sameAddress}
        defaultChecked={view.checked('sameAddress')}
      />
    </Part>
  )
}

/** «Паспорт»: what is typed here comes back with an error for this one page, and is never kept by the browser. */
export function PassportFields({
  view,
  today,
  retentionDays,
}: {
  view: FormView
  today: string
  retentionDays: number
}) {
  const purpose = 'Только чтобы узнать вас'
  return (
    <Part id="passport-part" title="Паспорт">
      <Line
        view={view}
        name="passport"
        hint={`${purpose}; удалим через ${retentionDays} дней после решения`}
        inputMode="numeric"
        autoComplete="off"
        className="max-w-64"
      />
      <Lines view={view} name="passportIssuedBy" hint={`${purpose}: перепишите целиком`} autoComplete="off" />
      <Line
        view={view}
        name="passportIssuedOn"
        hint={purpose}
        type="date"
        min="1950-01-01"
        max={today}
        autoComplete="off"
        className="max-w-56"
      />
    </Part>
  )
}

/** «Как с вами связаться». */
export function ContactFields({ view }: { view: FormView }) {
  return (
    <Part id="contact" title="Как с вами связаться">
      <Line
        view={view}
        name="email"
        hint="Сюда придут ответ и логин"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Line
        view={view}
        name="phone"
        hint="Позвоним, если понадобится уточнить заявку"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        className="max-w-64"
      />
    </Part>
  )
}
