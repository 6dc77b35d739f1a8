import type { KnownProfile } from '@/lib/exchange/profile-queries'

/** Choices of a list of profiles: those of our own first, then the built-in ones. */
export function ProfileOptions({ profiles, first }: { profiles: KnownProfile[]; first?: string }) {
  const groups = [
    { label: 'Свои', list: profiles.filter((one) => one.own) },
    { label: 'Встроенные', list: profiles.filter((one) => !one.own) },
  ]
  return (
    <>
      {first === undefined ? null : <option value="">{first}</option>}
      {groups.map(({ label, list }) =>
        list.length === 0 ? null : (
          <optgroup key={label} label={label}>
            {list.map(({ key, profile }) => (
              <option key={key} value={key}>
                {profile.name}
              </option>
            ))}
          </optgroup>
        ),
      )}
    </>
  )
}
