import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { mailState, paymentState, textState } from '@/lib/office/environment'
import { missingYears } from '@/lib/office/queries'
import { windowDaysOf, windowState } from '@/lib/readings/window'
import { windowWords } from '@/lib/readings/windows-preview'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import type { Settings } from '@/lib/settings/schema'
import { moscowDay } from '@/lib/units/day'
import { plural } from '@/lib/units/text'
import { Frame, rooms } from './_parts/frame'
import { MissingCalendar } from './_parts/missing-calendar'

export const metadata: Metadata = { title: 'Настройки' }

export default async function SettingsPage() {
  await requireStaff('settings.see')
  const settings = await currentSettings()
  const words = summaries(settings, new Date())
  return (
    <Frame title="Настройки" nav={false}>
      <MissingCalendar years={missingYears(new Date())} />
      {settings.requisites ? null : (
        <Notice tone="warn" title="Реквизиты не введены">
          <p>В квитанциях нет QR-кода, и оплата через платёжную систему не работает.</p>
        </Notice>
      )}
      <Card>
        <dl className="grid gap-x-6 wide:grid-cols-[12rem_minmax(0,1fr)]">
          {rooms.map(({ href, name }) => (
            <div key={href} className="contents">
              <dt>
                <Link href={href} prefetch={false} className="inline-flex min-h-11 items-center">
                  {name}
                </Link>
              </dt>
              <dd className="mb-2 self-center text-soft wide:mb-0">{words[name]}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Frame>
  )
}

function summaries(settings: Settings, now: Date): Record<(typeof rooms)[number]['name'], string> {
  const { company, requisites, exchange, texts, passportRetentionDays: days } = settings
  const providers = { off: 'не подключены', demo: 'демонстрационный банк', yookassa: 'ЮKassa' }
  const mail = { file: 'письма складываются в папку', smtp: 'почта по SMTP', resend: 'почта через Resend' }
  return {
    Компания: `${company.name}, ${company.town}`,
    Реквизиты: requisites ? `${requisites.bankName}, счёт …${requisites.account.slice(-4)}` : 'не введены',
    Платежи: providers[paymentState().provider],
    Каналы: `${mail[mailState().transport]}; SMS ${textState() ? 'подключены' : 'не подключены'}`,
    Показания: windowWords(windowState(now, windowDaysOf(settings))),
    Сроки: `оплата до ${settings.dueDay}-го числа`,
    'Ставки по датам': `пени: ${rateNow(settings, now)} % годовых`,
    Календарь: missingYears(now).length > 0 ? 'загружен не весь' : 'этот и следующий год загружены',
    Обмен: exchange.fourEyes
      ? 'файл загружает не тот, кто проверял'
      : 'файл проверяет и загружает один человек',
    Тексты: texts.front ? 'на первой странице есть объявление' : 'объявлений нет',
    Хранение: `паспорт после решения — ${plural(days, ['день', 'дня', 'дней'])}`,
  }
}

function rateNow({ penaltyRates }: Settings, now: Date): string {
  const today = moscowDay(now)
  return (penaltyRates.findLast(({ from }) => from <= today)?.percent ?? '—').replace('.', ',')
}
