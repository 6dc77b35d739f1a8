import Link from 'next/link'
import { formatDay, moscowDay } from '@/lib/units/day'

interface Version {
  version: number
  effectiveFrom: Date
}

/** Links to the versions of a document other than the one shown. */
export function Versions({ kind, shown, all }: { kind: string; shown: number; all: readonly Version[] }) {
  const others = all.filter(({ version }) => version !== shown)
  return (
    <section
      aria-labelledby="versions"
      className="mt-10 max-w-[36rem] border-t border-line pt-6 print:hidden"
    >
      <h2 id="versions" className="text-[1.05rem]">
        Другие версии
      </h2>
      {others.length === 0 ? <p className="mt-2 text-soft">Это единственная версия документа.</p> : null}
      <ul>
        {others.map(({ version, effectiveFrom }) => (
          <li key={version}>
            <Link
              href={`/personal/documents/${kind}/${version}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center"
            >
              {versionWords(version, effectiveFrom)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** «Версия 2 от 15 декабря 2026». */
export function versionWords(version: number, effectiveFrom: Date): string {
  return `Версия ${version} от ${formatDay(moscowDay(effectiveFrom))}`
}
