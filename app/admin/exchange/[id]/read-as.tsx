import { Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { profilesPage } from '@/lib/exchange/profile-queries'
import type { ImportView } from '@/lib/exchange/queries'
import type { Staff } from '@/lib/session/require'
import { delimiterNames, delimiterValue, encodingNames } from '../words'
import { CheckForm, type Choice } from './check-form'

/** How the file was read: its first rows, and a form to have it read otherwise. */
export async function ReadAs({ staff, of, badAsOf }: { staff: Staff; of: ImportView; badAsOf: boolean }) {
  const profiles = await profilesPage(staff)
  const current = profiles.find(({ profile }) => profile.name === of.profile?.name)
  const choices = profiles.map(({ key, profile, own }) => ({
    value: key,
    name: profile.name,
    own: own !== undefined,
  }))
  return (
    <section className="grid gap-4">
      <h2>Как прочитан файл</h2>
      <May permission="exchange.load">
        <p className="text-soft">
          Если буквы в таблице нечитаемы или столбцы разъехались, выберите другую кодировку, разделитель или
          профиль и проверьте файл ещё раз.
        </p>
      </May>
      <Preview of={of} />
      <May permission="exchange.load">
        <CheckForm
          importId={of.id}
          profiles={choices}
          profile={current?.key ?? ''}
          unnamed={of.profile && !current ? of.profile.name : undefined}
          encoding={
            of.profile && of.profile.encoding !== current?.profile.encoding ? of.profile.encoding : ''
          }
          delimiter={
            of.profile && of.profile.delimiter !== current?.profile.delimiter
              ? delimiterValue(of.profile.delimiter)
              : ''
          }
          encodings={optionsOf(encodingNames)}
          delimiters={optionsOf(delimiterNames)}
          asOf={of.asOf ? moscowLocal(of.asOf) : ''}
          badAsOf={badAsOf}
        />
      </May>
    </section>
  )
}

function optionsOf(names: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(names).map(([value, name]) => ({ value, name }))
}

/** As a field of a form has it: `2026-11-05T18:00`. */
function moscowLocal(instant: Date): string {
  return new Date(instant.getTime() + 3 * 3_600_000).toISOString().slice(0, 16)
}

function Preview({ of: { preview } }: { of: ImportView }) {
  if (!preview) return null
  if (preview.problem) return <Notice tone="bad" title={preview.problem} />
  const width = Math.max(0, ...preview.rows.map((row) => row.length))
  const places = Array.from({ length: width }, (_, place) => String(place + 1))
  return (
    <WideTable label="Первые строки файла" heads={['№', ...places.map((place) => `Столбец ${place}`)]}>
      {[...preview.rows.entries()].map(([line, row]) => (
        <tr key={line}>
          <td className="text-soft">{line + 1}</td>
          {places.map((place) => (
            <td key={place} className="whitespace-nowrap">
              {row[Number(place) - 1] ?? ''}
            </td>
          ))}
        </tr>
      ))}
    </WideTable>
  )
}
