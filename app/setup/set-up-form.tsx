'use client'

import type { ComponentProps, ReactNode } from 'react'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { PasswordField } from '@/app/_ui/password-field'
import { setUpAction } from '@/lib/setup/actions'

const labels = {
  code: 'Код из журнала сервера',
  'company.name': 'Короткое название',
  'company.fullName': 'Полное название',
  'company.town': 'Город',
  'company.postalAddress': 'Почтовый адрес',
  'company.email': 'Электронная почта организации',
  'company.phones': 'Телефоны',
  'company.hours': 'Часы работы',
  'requisites.name': 'Получатель',
  'requisites.inn': 'ИНН',
  'requisites.kpp': 'КПП',
  'requisites.bankName': 'Банк',
  'requisites.bic': 'БИК',
  'requisites.account': 'Расчётный счёт',
  'requisites.correspondentAccount': 'Корреспондентский счёт',
  'administrator.lastName': 'Фамилия',
  'administrator.firstName': 'Имя',
  'administrator.patronymic': 'Отчество',
  'administrator.email': 'Электронная почта администратора',
  'administrator.login': 'Логин',
  'administrator.password': 'Пароль',
  'administrator.repeat': 'Повторите пароль',
  'documents.agreement': 'Пользовательское соглашение',
  'documents.consent': 'Согласие на обработку данных',
  'documents.privacy': 'Политика обработки данных',
  'files.agreement': 'Или файл соглашения (.md)',
  'files.consent': 'Или файл согласия (.md)',
  'files.privacy': 'Или файл политики (.md)',
} as const
type Name = keyof typeof labels

/** Company, requisites, administrator, documents: all at once. */
export function SetUpForm() {
  return (
    <ServerForm action={setUpAction} labels={labels} className="grid gap-8">
      {(view) => (
        <>
          <TextField
            name="code"
            label={labels.code}
            hint="Сервер печатает его при запуске, пока не настроен: XXXX-XXXX-XXXX"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            error={view.error('code')}
          />
          <Company view={view} />
          <Requisites view={view} />
          <Administrator view={view} />
          <Documents view={view} />
          <div>
            <SubmitButton view={view}>Настроить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function Company({ view }: { view: FormView }) {
  return (
    <Group legend="Организация">
      <Line view={view} name="company.name" hint="В шапке страниц и в письмах: МУП «Водоканал»" />
      <Line view={view} name="company.fullName" hint="В квитанциях, справках и документах" />
      <Line view={view} name="company.town" />
      <Line view={view} name="company.postalAddress" hint="Куда приходят с паспортом и пишут" />
      <Line view={view} name="company.email" type="email" />
      <Area view={view} name="company.phones" hint="С кодом города, по одному в строке" />
      <Line view={view} name="company.hours" hint="Например: пн–пт, 8:00–17:00" />
    </Group>
  )
}

function Requisites({ view }: { view: FormView }) {
  return (
    <Group legend="Реквизиты для оплаты">
      <p className="text-soft">
        Можно оставить пустыми и ввести позже: до тех пор в квитанциях не будет QR-кода.
      </p>
      <Line view={view} name="requisites.name" />
      <Line view={view} name="requisites.inn" inputMode="numeric" />
      <Line view={view} name="requisites.kpp" inputMode="numeric" />
      <Line view={view} name="requisites.bankName" />
      <Line view={view} name="requisites.bic" inputMode="numeric" />
      <Line view={view} name="requisites.account" inputMode="numeric" />
      <Line view={view} name="requisites.correspondentAccount" inputMode="numeric" />
    </Group>
  )
}

function Administrator({ view }: { view: FormView }) {
  return (
    <Group legend="Первый администратор">
      <p className="text-soft">
        Он получит все роли, кроме проверяющего, и пригласит остальных. При первом входе понадобится телефон с
        программой одноразовых кодов.
      </p>
      <Line view={view} name="administrator.lastName" autoComplete="family-name" />
      <Line view={view} name="administrator.firstName" autoComplete="given-name" />
      <Line view={view} name="administrator.patronymic" hint="Если есть" autoComplete="additional-name" />
      <Line view={view} name="administrator.email" type="email" autoComplete="email" />
      <Line
        view={view}
        name="administrator.login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      {(['administrator.password', 'administrator.repeat'] as const).map((name) => (
        <PasswordField
          key={name}
          name={name}
          label={labels[name]}
          hint={
            name === 'administrator.password'
              ? 'Не меньше 12 знаков: например, четыре слова через пробел'
              : ''
          }
          error={view.error(name)}
          autoComplete="new-password"
        />
      ))}
    </Group>
  )
}

function Documents({ view }: { view: FormView }) {
  return (
    <Group legend="Документы">
      <p className="text-soft">
        Если ничего не менять, опубликуем наши тексты с названием, адресом и телефонами вашей организации.
        Свой текст вставьте в виде Markdown или выберите файл.
      </p>
      <details
        open={documents.some((kind) => view.value(`documents.${kind}`) || view.error(`files.${kind}`))}
      >
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
          Свои тексты
        </summary>
        <div className="mt-2 grid gap-4">
          {documents.map((kind) => (
            <div key={kind} className="grid gap-3">
              <Area view={view} name={`documents.${kind}`} />
              <Line view={view} name={`files.${kind}`} type="file" accept=".md,text/markdown,text/plain" />
            </div>
          ))}
        </div>
      </details>
    </Group>
  )
}

const documents = ['agreement', 'consent', 'privacy'] as const

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 text-[1.2rem] font-semibold">{legend}</legend>
      {children}
    </fieldset>
  )
}

function Line({
  view,
  name,
  type,
  ...field
}: { view: FormView; name: Name; hint?: string } & Omit<ComponentProps<'input'>, 'name'>) {
  const value = type === 'file' ? {} : { defaultValue: view.value(name) }
  return (
    <TextField
      name={name}
      label={labels[name]}
      type={type ?? 'text'}
      error={view.error(name)}
      {...value}
      {...field}
    />
  )
}

function Area({ view, name, hint }: { view: FormView; name: Name; hint?: string }) {
  return (
    <TextAreaField
      name={name}
      label={labels[name]}
      hint={hint}
      error={view.error(name)}
      defaultValue={view.value(name)}
    />
  )
}
