import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'

/** «Приложить снимок»: sent as it is, without JavaScript too. */
export function PhotoForm({
  action,
  meters,
  period,
  hidden = {},
  problem,
}: {
  action: string
  meters: readonly { id: number; title: string }[]
  period: string
  hidden?: Record<string, string>
  problem: string | undefined
}) {
  const [only] = meters
  return (
    <form action={action} method="post" encType="multipart/form-data" noValidate className="grid gap-4">
      <input type="hidden" name="period" value={period} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {meters.length > 1 ? (
        <SelectField name="meter" label="Счётчик">
          {meters.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
      ) : (
        <input type="hidden" name="meter" value={only?.id ?? ''} />
      )}
      <TextField
        name="file"
        label="Снимок счётчика"
        hint="JPEG, PNG или WebP, до 10 МБ. Место и время съёмки из файла убираем"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        error={problem}
        autoFocus={problem !== undefined}
      />
      <div className="grid wide:justify-start">
        <Button look="second">Приложить снимок</Button>
      </div>
    </form>
  )
}
