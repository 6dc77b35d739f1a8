'use client'

import { Button } from '@/app/_ui/button'
import { SelectField, TextAreaField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'
import { kindNames } from '@/lib/notices/rules'
import type { Choices } from './notice-form'

/** What the notice says, when it is, and whom it is for. */
export function NoticeFields({
  view,
  labels,
  choices,
}: {
  view: FormView
  labels: Record<string, string>
  choices: Choices
}) {
  const field = (name: string) => ({
    name,
    label: labels[name],
    error: view.error(name),
    defaultValue: view.value(name, ''),
  })
  return (
    <>
      <SelectField {...field('kind')}>
        <option value="">Выберите</option>
        {Object.entries(kindNames).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField {...field('title')} hint="Самое важное: «Не будет горячей воды»" maxLength={120} />
      <TextAreaField {...field('body')} hint="Почему, где и что делать" rows={5} maxLength={2000} />
      <div className="grid items-start gap-4 wide:grid-cols-3">
        <TextField {...field('startsAt')} hint="У новости нет; авария — уже" type="datetime-local" />
        <TextField {...field('endsAt')} hint="У аварии можно не знать" type="datetime-local" />
        <TextField {...field('shownUntil')} hint="Пусто — до конца" type="datetime-local" />
      </div>
      <SelectField {...field('audience')}>
        <option value="">Выберите</option>
        <option value="all">Всем</option>
        <option value="microdistrict">Микрорайону</option>
        <option value="house">Дому</option>
        <option value="service">Кому начисляется услуга</option>
      </SelectField>
      <TextField
        {...field('place')}
        hint="Если для дома или микрорайона: начните набирать и выберите из списка"
        list="places"
        autoComplete="off"
        maxLength={200}
      />
      <datalist id="places">
        {[...choices.places.microdistricts, ...choices.places.houses].map((place) => (
          <option key={place} value={place} />
        ))}
      </datalist>
      <SelectField {...field('service')} hint="Если по услуге: ищем начисления за последние три месяца">
        <option value="">Выберите</option>
        {choices.services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div>
        <Button name="step" value="look" aria-disabled={view.pending || undefined}>
          {view.pending ? 'Проверяем…' : 'Проверить'}
        </Button>
      </div>
    </>
  )
}
