import { z } from 'zod'
import { cleanLine } from './text'

const NAME_MAX = 80

// Of several problems of one field the first is told; `abort` would silence the checks between fields.
/** A line that must say something. `missing` is what the person reads when it does not. */
export function line(missing: string, max: number) {
  return z
    .string(missing)
    .overwrite(cleanLine)
    .min(1, missing)
    .max(max, { error: tooLong(max) })
}

/** A line that may be left empty. */
export function freeLine(max: number) {
  return z
    .string()
    .overwrite(cleanLine)
    .max(max, { error: tooLong(max) })
    .default('')
}

/** A part of a person's name, kept as typed (ё too): letters, hyphen, space, apostrophe, dot; one letter is enough. */
export function personName(missing: string) {
  return line(missing, NAME_MAX).superRefine(nameSigns)
}

/** A part of a name that not everybody has. */
export function optionalName() {
  return z
    .string()
    .overwrite(cleanLine)
    .max(NAME_MAX, { error: tooLong(NAME_MAX) })
    .superRefine(nameSigns)
    .default('')
}

function nameSigns(text: string, context: z.RefinementCtx<string>): void {
  const stranger = [...text].find((sign) => !NAME_SIGN.test(sign))
  if (stranger) context.addIssue(`Только буквы, дефис, пробел, точка и апостроф. Лишнее: «${stranger}»`)
  else if (text && !/\p{L}/u.test(text)) context.addIssue('Здесь нет ни одной буквы')
}

const NAME_SIGN = /^(?:(?=\p{L})[\p{Script=Cyrillic}\p{Script=Latin}]|[ .\-‐‑'’ʼ`])$/u

/** An address letters can be sent to. */
export function emailAddress(missing: string) {
  return line(missing, 254)
    .refine((text) => text.includes('@'), 'В адресе почты нет знака @')
    .refine((text) => !/\p{Script=Cyrillic}/u.test(text), {
      error: 'В адресе русские буквы: переключите клавиатуру и наберите его латинскими',
    })
    .pipe(z.email('Нужен адрес вида anna@example.ru'))
}

function tooLong(max: number) {
  return ({ input }: { input?: unknown }) => `Не больше ${max} знаков. Сейчас ${String(input).length}.`
}
