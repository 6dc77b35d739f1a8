'use client'

import { SelectField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { invite } from '@/lib/helper-access/actions'
import { inviteSchema } from '@/lib/helper-access/schema'

const labels = {
  account: 'Счёт',
  name: 'Как его зовут',
  email: 'Электронная почта',
  until: 'До какого дня',
}

interface Account {
  accountNumber: string
  address: string
}

/** «Пригласить помощника»: for which account, whom, by which mailbox, until when. */
export function InviteForm({
  accounts,
  bounds: { earliest, usual, latest },
}: {
  accounts: readonly Account[]
  bounds: Record<'earliest' | 'usual' | 'latest', string>
}) {
  return (
    <ServerForm action={invite} schema={inviteSchema} labels={labels}>
      {(view) => (
        <>
          <AccountField accounts={accounts} view={view} />
          <TextField
            name="name"
            label={labels.name}
            hint="Для вас, например «дочь Мария»: помощник этого не увидит"
            error={view.error('name')}
            defaultValue={view.value('name')}
            autoComplete="off"
            maxLength={60}
          />
          <TextField
            name="email"
            label={labels.email}
            hint="Только для приглашения: на неё придёт ссылка"
            error={view.error('email')}
            defaultValue={view.value('email')}
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            name="until"
            label={labels.until}
            hint="Включительно. Можно не дольше чем на год"
            error={view.error('until')}
            defaultValue={view.value('until', usual)}
            type="date"
            min={earliest}
            max={latest}
            className="max-w-56"
          />
          <SubmitButton view={view}>Пригласить</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}

function AccountField({ accounts, view }: { accounts: readonly Account[]; view: FormView }) {
  const [first] = accounts
  if (accounts.length === 1) return <input type="hidden" name="account" value={first?.accountNumber} />
  return (
    <SelectField
      name="account"
      label={labels.account}
      error={view.error('account')}
      defaultValue={view.value('account', first?.accountNumber)}
    >
      {accounts.map(({ accountNumber, address }) => (
        <option key={accountNumber} value={accountNumber}>
          {`${accountNumber}, ${address}`}
        </option>
      ))}
    </SelectField>
  )
}
