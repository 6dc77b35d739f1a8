import type { Typist } from './walker'

/** Canaries: each is typed where such a thing belongs, and looked for where it does not. */
export const canary = {
  passport: '4519 730164',
  issuedBy: 'Канареечным отделом милиции',
  email: 'kanareika.8841@example.ru',
  password: 'канарейка поёт в шахте 7319',
  words: 'канареечные слова 5527',
  /** Of staff: the journal keeps their reasons. */
  reasons: 'служебные слова 6638',
}
/** The passport as it may be written down anywhere, and in the ways bytes are written. */
export const passportForms = ['4519 730164', '4519730164', '45 19 730164', canary.issuedBy].flatMap(
  (text) => [text, Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64')],
)

/** Canaries in every field, whatever the form makes of them. */
export function canaries({ name, kind, options, value }: Parameters<Typist>[0]): string | undefined {
  if (kind === 'file') return undefined
  if (kind === 'checkbox') return 'on'
  if (kind === 'select' || kind === 'radio') return value || options.find(Boolean) || ''
  if (/passportIssuedBy/.test(name)) return canary.issuedBy
  if (/passport(?!I)/.test(name)) return canary.passport
  if (kind === 'password' || /password/i.test(name)) return canary.password
  if (kind === 'email' || /email/i.test(name)) return canary.email
  return canary.words
}

/** What a form can be sent with. */
export function sensible({ dials, picture }: { dials: Map<string, string>; picture: Blob }): Typist {
  return (field) => {
    const { name, kind, value } = field
    if (kind === 'file') return picture
    if (dials.has(name)) return dials.get(name)
    if (kind === 'tel' || /phone/i.test(name)) return '+7 910 123-45-67'
    if (kind === 'date' || /until|On$|day/i.test(name)) return '2027-02-10'
    return ['text', 'textarea'].includes(kind) && value ? value : canaries(field)
  }
}
