'use client'

import { type ReactNode, useMemo } from 'react'
import { Differences } from '@/app/_documents/differences'
import { Card } from '@/app/_ui/box'
import { DocumentText } from '@/app/personal/(open)/documents/_parts/document-text'
import { changesBetween } from '@/lib/documents/changes'
import { formatDay, parseDay } from '@/lib/units/day'

/** How residents will see a version, where it differs from the one before, and beneath that what can be done with it. */
export function Preview({
  title,
  body,
  effectiveOn,
  newest,
  children,
}: {
  title: string
  body: string
  effectiveOn: string
  newest: { version: number; title: string; body: string }
  children: ReactNode
}) {
  const differences = useMemo(() => changesBetween(newest.body, body), [newest.body, body])
  const day = parseDay(effectiveOn)
  return (
    <div className="grid items-start gap-5 wide:grid-cols-2">
      <div className="grid gap-5">
        <Card className="grid gap-4">
          <h2>{newest.version > 0 ? `Чем отличается от версии ${newest.version}` : 'Первая версия'}</h2>
          {newest.version > 0 ? <Differences {...differences} /> : null}
        </Card>
        {children}
      </div>
      <Card className="grid gap-4">
        <h2>Так увидят жители</h2>
        <p className="text-soft">
          Версия {newest.version + 1}
          {day ? `, действует с ${formatDay(day, { year: true })}` : ''}
        </p>
        <p className="text-[1.4rem] leading-snug font-semibold">{title}</p>
        <DocumentText body={body} />
      </Card>
    </div>
  )
}
