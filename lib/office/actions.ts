'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { staffAction } from '@/lib/session/action'
import { sendTestLetter, sendTestText } from './channels'
import { addRate, loadCalendar, removeRate, saveRequisites, saveSection } from './commands'
import { addRateForm, removeRateForm } from './rates-schema'
import {
  companyForm,
  exchangeForm,
  paymentsForm,
  requisitesForm,
  retentionForm,
  termsForm,
  testLetterForm,
  testTextForm,
  textsForm,
} from './schema'

/** The page of a section after a saving: each has an address of its own, so that its form begins anew. */
const savedPage = (section: string) => `/admin/settings/${section}?saved=${Date.now().toString(36)}`

/** «Компания». */
export const saveCompanyAction = staffAction('settings.change', companyForm, async (input, staff) => {
  const result = await saveSection(staff, 'company', input)
  if (result.status !== 'ok') return result
  redirect(savedPage('company'))
})

/** «Реквизиты»: first what payment codes would say, then, once said yes to, the change. */
export const saveRequisitesAction = staffAction(
  'settings.change',
  requisitesForm,
  async (input, staff) => {
    const result = await saveRequisites(staff, input)
    if (result.status === 'ok' && result.value === 'saved') redirect(savedPage('requisites'))
    return result
  },
  { fresh: true },
)

/** «Сроки». */
export const saveTermsAction = staffAction('settings.change', termsForm, async (input, staff) => {
  const result = await saveSection(staff, 'terms', input)
  if (result.status !== 'ok') return result
  redirect(savedPage('terms'))
})

/** «Обмен». */
export const saveExchangeAction = staffAction(
  'settings.change',
  exchangeForm,
  async (input, staff) => {
    const result = await saveSection(staff, 'exchange', input)
    if (result.status !== 'ok') return result
    redirect(savedPage('exchange'))
  },
  { fresh: true },
)

/** «Платежи». */
export const savePaymentsAction = staffAction(
  'settings.change',
  paymentsForm,
  async (input, staff) => {
    const result = await saveSection(staff, 'payments', input)
    if (result.status !== 'ok') return result
    redirect(savedPage('payments'))
  },
  { fresh: true },
)

/** «Тексты». */
export const saveTextsAction = staffAction('settings.change', textsForm, async (input, staff) => {
  const result = await saveSection(staff, 'texts', input)
  if (result.status !== 'ok') return result
  redirect(savedPage('texts'))
})

/** «Хранение». */
export const saveRetentionAction = staffAction('settings.change', retentionForm, async (input, staff) => {
  const result = await saveSection(staff, 'retention', input)
  if (result.status !== 'ok') return result
  redirect(savedPage('retention'))
})

/** «Добавить ставку». */
export const addRateAction = staffAction(
  'settings.change',
  addRateForm,
  async (input, staff) => {
    const result = await addRate(staff, input)
    if (result.status !== 'ok') return result
    redirect(savedPage('rates'))
  },
  { fresh: true },
)

/** «Убрать» a rate. */
export const removeRateAction = staffAction(
  'settings.change',
  removeRateForm,
  async ({ from }, staff) => {
    const result = await removeRate(staff, from, new Date())
    if (result.status !== 'ok') return result
    redirect(savedPage('rates'))
  },
  { fresh: true },
)

const calendarForm = z.object({ text: z.string().default(''), file: z.file().optional() })

/** «Загрузить год». */
export const loadCalendarAction = staffAction(
  'settings.change',
  calendarForm,
  async (input, staff) => {
    const result = await loadCalendar(staff, input)
    if (result.status !== 'ok') return result
    redirect(`/admin/settings/calendar?year=${result.value.year}`)
  },
  { files: ['file'], longest: 200_000 },
)

/** «Отправить пробное письмо». */
export const testLetterAction = staffAction('settings.change', testLetterForm, async ({ email }, staff) =>
  sendTestLetter(staff, email),
)

/** «Отправить пробное SMS». */
export const testTextAction = staffAction('settings.change', testTextForm, async ({ phone }, staff) =>
  sendTestText(staff, phone),
)
