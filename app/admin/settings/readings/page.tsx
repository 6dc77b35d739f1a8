import type { Metadata } from 'next'
import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { windowDaysOf, windowState } from '@/lib/readings/window'
import { windowWords } from '@/lib/readings/windows-preview'
import { windowKinds } from '@/lib/readings/windows-schema'
import { meterTitle } from '@/lib/readings/words'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Frame } from '../_parts/frame'
import { WindowsForm } from './windows-form'

export const metadata: Metadata = { title: 'Показания — настройки' }

export default async function WindowsPage({ searchParams }: PageProps<'/admin/settings/readings'>) {
  const { roles } = await requireStaff('settings.see')
  const settings = await currentSettings()
  const { saved } = await searchParams
  const { readingWindow, readingWindows } = settings
  const start: Record<string, string> = {
    from: String(readingWindow.from),
    to: String(readingWindow.to),
    remind: String(settings.remindDaysBefore),
  }
  for (const kind of windowKinds) {
    const own = readingWindows[kind]
    if (own) Object.assign(start, { [`from_${kind}`]: String(own.from), [`to_${kind}`]: String(own.to) })
  }
  const kinds = windowKinds.map((kind) => ({
    kind,
    name: meterTitle(kind, ''),
    now: windowWords(windowState(new Date(), windowDaysOf(settings, kind))),
  }))
  return (
    <Frame title="Показания" saved={saved}>
      <Card className="grid gap-4">
        <h2>Когда принимаем</h2>
        <ul>
          {[...new Set(kinds.map(({ now }) => now))].map((now) => (
            <li key={now}>
              <span className="text-soft">
                {kinds
                  .filter((kind) => kind.now === now)
                  .map(({ name }) => name.toLowerCase())
                  .join(', ')}
                :{' '}
              </span>
              {now}
            </li>
          ))}
        </ul>
        <May permission="settings.change">
          <WindowsForm
            key={String(saved)}
            start={start}
            waits={settings.windowWaitsForWorkday}
            may={may(roles, 'settings.change')}
            kinds={kinds.map(({ kind, name }) => ({ kind, name }))}
          />
        </May>
      </Card>
    </Frame>
  )
}
