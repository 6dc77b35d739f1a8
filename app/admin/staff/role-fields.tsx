import { CheckField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'

/** A role as a tick says it. */
export interface RoleChoice {
  role: string
  name: string
  words: string
}

/** A tick per role. `held`: the roles that stand before anything was typed. */
export function RoleFields({
  view,
  choices,
  held = [],
  typed,
}: {
  view: FormView
  choices: readonly RoleChoice[]
  held?: readonly string[]
  /** Whether the form has been sent already: then its own ticks stand. */
  typed: boolean
}) {
  const error = view.error('roles')
  return (
    <fieldset id="roles" aria-describedby={error ? 'roles-error' : undefined}>
      <legend className="font-medium">Роли</legend>
      <div className="grid gap-x-6 wide:grid-cols-2">
        {choices.map(({ role, name, words }) => (
          <CheckField
            key={role}
            name={role}
            label={name}
            hint={words}
            defaultChecked={typed ? view.checked(role) : held.includes(role)}
          />
        ))}
      </div>
      {error ? (
        <p id="roles-error" className="mt-1 font-medium text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
