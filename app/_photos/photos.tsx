import type { PhotoView } from '@/lib/readings/photos'
import { formatPeriod } from '@/lib/units/period'

/** Pictures of a dial, small; each opens in full. */
export function Photos({ photos, folder }: { photos: readonly PhotoView[]; folder: string }) {
  if (photos.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-3">
      {photos.map(({ id, width, height, period }, place) => (
        <li key={id}>
          <a href={`${folder}/${id}`} className="block">
            <img
              src={`${folder}/${id}`}
              width={width}
              height={height}
              loading="lazy"
              alt={`Снимок счётчика ${place + 1}, ${formatPeriod(period)}`}
              className="h-36 w-auto rounded-control border border-line"
            />
          </a>
        </li>
      ))}
    </ul>
  )
}
