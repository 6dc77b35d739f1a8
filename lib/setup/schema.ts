import { z } from 'zod'
import { companyFields, readRequisites, requisitesFields } from '@/lib/office/schema'
import { emailAddress, optionalName, personName } from '@/lib/units/fields'

const LONGEST_DOCUMENT = 150_000

const company = companyFields.extend({
  // A file may list them.
  phones: z.preprocess(
    (given) => (Array.isArray(given) ? given.join('\n') : given),
    companyFields.shape.phones,
  ),
})

const administrator = z
  .object({
    lastName: personName('Напишите фамилию'),
    firstName: personName('Напишите имя'),
    patronymic: optionalName(),
    email: emailAddress('Напишите адрес почты'),
    login: z
      .string('Придумайте логин')
      .transform((text) => text.toLowerCase())
      .pipe(
        z
          .string()
          .regex(/^[a-z][a-z0-9._-]{2,39}$/, 'От 3 до 40 знаков: латинские буквы, цифры, точка, дефис'),
      ),
    password: z
      .string('Придумайте пароль')
      .min(12, 'Нужно не меньше 12 знаков')
      .max(256, 'Не больше 256 знаков'),
    repeat: z.string().optional(),
  })
  .refine(({ password, repeat = password }) => password === repeat, {
    path: ['repeat'],
    message: 'Пароли не совпали',
  })

const ownText = z.string().max(LONGEST_DOCUMENT, 'Текст слишком длинный').default('')

/** Everything a new service needs: the company, where money goes (may be left for later), the first administrator, documents. */
export const setUpSchema = z.object({
  company,
  requisites: requisitesFields.prefault({}).transform(readRequisites),
  administrator,
  /** Markdown of the company's own; empty for what the service brings. */
  documents: z.object({ agreement: ownText, consent: ownText, privacy: ownText }).prefault({}),
})
export type SetUp = z.output<typeof setUpSchema>

/** The files of a form, as documents of one's own. */
export const documentFiles = ['files.agreement', 'files.consent', 'files.privacy'] as const

/** The form of the first-run page: names like `company.name`. */
export const setUpForm = z.preprocess(
  nested,
  setUpSchema.extend({
    code: z.string().default(''),
    files: z.object({ agreement: file(), consent: file(), privacy: file() }).prefault({}),
  }),
)

function file() {
  return z.file().max(LONGEST_DOCUMENT, 'Файл слишком большой').optional()
}

/** `{ 'company.name': … }` → `{ company: { name: … } }`; only groups the form has, and the code. */
function nested(flat: unknown): unknown {
  const fields = Object.entries(z.record(z.string(), z.unknown()).parse(flat))
  const groupOf = (group: string) =>
    Object.fromEntries(
      fields.flatMap(([name, value]) =>
        name.startsWith(`${group}.`) ? [[name.slice(group.length + 1), value]] : [],
      ),
    )
  return {
    code: fields.find(([name]) => name === 'code')?.[1],
    ...Object.fromEntries(GROUPS.map((group) => [group, groupOf(group)])),
  }
}

const GROUPS = ['company', 'requisites', 'administrator', 'documents', 'files']
