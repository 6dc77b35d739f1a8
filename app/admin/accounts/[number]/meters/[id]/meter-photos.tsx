import { PhotoForm } from '@/app/_photos/photo-form'
import { Photos } from '@/app/_photos/photos'
import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { MeterToKeep } from '@/lib/readings/meter-page'
import { photosOfMeter } from '@/lib/readings/photos'
import type { Staff } from '@/lib/session/require'
import { formatPeriod, formatPeriodTitle } from '@/lib/units/period'

/** Pictures of a meter's dial by month, and a form for one more of the latest reading. */
export async function MeterPhotos({
  staff,
  meter,
  problem,
}: {
  staff: Staff
  meter: MeterToKeep
  problem: string | undefined
}) {
  const { latest } = meter
  if (!latest) return null
  const photos = await photosOfMeter(staff, meter.id)
  const months = [...new Set(photos.map(({ period }) => period))]
  return (
    <section id="photos" className="grid max-w-3xl gap-3">
      <h2>Снимки</h2>
      {months.map((month) => (
        <div key={month} className="grid gap-2">
          <h3>{formatPeriodTitle(month)}</h3>
          <Photos photos={photos.filter(({ period }) => period === month)} folder="/admin/readings/photos" />
        </div>
      ))}
      <May permission="readings.enter">
        <Card className="grid gap-3">
          <p className="text-soft">{`К показанию за ${formatPeriod(latest)}`}</p>
          <PhotoForm
            action="/admin/readings/photos/upload"
            meters={[{ id: meter.id, title: meter.title }]}
            period={latest}
            problem={problem}
          />
        </Card>
      </May>
    </section>
  )
}
