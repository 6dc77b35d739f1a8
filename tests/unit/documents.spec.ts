import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import Markdown from 'react-markdown'
import rehypeSlug from 'rehype-slug'
import { clauseAnchors } from '@/app/personal/(open)/documents/_parts/clause-anchors'
import { textHash } from '@/lib/documents/hash'
import { clauseNumber, tableOfContents } from '@/lib/documents/rules'
import { documentKind, documentVersionNumber } from '@/lib/documents/schema'
import { agreement as agreementOf } from '@/lib/documents/texts/agreement'
import { consent as consentOf } from '@/lib/documents/texts/consent'
import { privacy as privacyOf } from '@/lib/documents/texts/privacy'
import { phonesIn } from '@/lib/documents/texts/publisher'
import { settingsSchema } from '@/lib/settings/schema'

const { company } = settingsSchema.parse({})
const [agreement, consent, privacy] = [agreementOf(company), consentOf(company), privacyOf(company)]

const page = (body: string) =>
  renderToStaticMarkup(createElement(Markdown, { rehypePlugins: [rehypeSlug, clauseAnchors] }, body))
const found = (markup: string, pattern: RegExp) => [...markup.matchAll(pattern)].map((match) => match[1])
const paragraphs = (body: string) => body.split(/\n{2,}/)

const clauses = [
  ...['2.1', '2.2', '2.3', '2.4', '2.5'],
  ...['3.1', '3.2', '3.3', '3.4'],
  ...['4.1', '4.2', '4.3', '4.4', '4.5', '4.6', '4.7', '4.8'],
  ...['5.1', '5.2'],
]

test('the agreement has every clause once, in order', () => {
  expect(paragraphs(agreement.body).flatMap((text) => clauseNumber(text) ?? [])).toEqual(clauses)
})

test('the agreement has its five sections', () => {
  expect(tableOfContents(agreement.body).map(({ text }) => text)).toEqual([
    '1. Термины и определения',
    '2. Общие положения',
    '3. Регистрация и использование',
    '4. Конфиденциальность',
    '5. Работа Сервиса',
  ])
})

test('every clause stands on the page as a paragraph with its number and its anchor', () => {
  const anchored = [...page(agreement.body).matchAll(/<p id="clause-([\d-]+)">([\d.]+)\. /g)]
  expect(anchored.map(([, id]) => id)).toEqual(clauses.map((number) => number.replace('.', '-')))
  expect(anchored.map(([, , number]) => number)).toEqual(clauses)
})

for (const [name, { body, title }] of Object.entries({ agreement, consent, privacy })) {
  test(`the contents of ${name} lead to the headings of the page, in order`, () => {
    const slugs = tableOfContents(body).map(({ slug }) => slug)
    expect(slugs.length).toBeGreaterThanOrEqual(5)
    expect(slugs).toEqual(found(page(body), /<h2 id="([^"]+)">/g))
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  test(`${name} names the company and how to reach it`, () => {
    expect(title).not.toBe('')
    for (const words of ['МУП «ККП»', '3 микрорайон', 'mup_kkp@mail.ru', '(48153) 3-15-30, 7-16-24'])
      expect(body.replaceAll('\n', ' ')).toContain(words)
  })
}

test('the texts of another company name it, and nothing of ours is left', () => {
  const other = {
    name: 'МУП «Водоканал»',
    fullName: 'МУП «Водоканал» города Рославля',
    postalAddress: 'г. Рославль, ул. Ленина, 1',
    email: 'post@vodokanal.example.ru',
    phones: [{ text: '(48134) 2-22-22' }, { text: '+7 910 123-45-67' }],
  }
  for (const { body } of [agreementOf(other), consentOf(other), privacyOf(other)]) {
    for (const words of [other.name, other.fullName, other.postalAddress, other.email, phonesIn(other)])
      expect(body).toContain(words)
    expect(body).not.toMatch(/ККП|Десногорск|Смоленск|mup_kkp|48153|undefined|\$\{/)
  }
})

for (const [texts, row] of [
  [['(48153) 3-15-30', '(48153) 7-16-24'], '(48153) 3-15-30, 7-16-24'],
  [['(48153) 3-15-30', '(48134) 7-16-24'], '(48153) 3-15-30, (48134) 7-16-24'],
  [['+7 910 123-45-67', '(48153) 3-15-30'], '+7 910 123-45-67, (48153) 3-15-30'],
  [['(48153) 3-15-30', '112', '(48153) 7-16-24'], '(48153) 3-15-30, 112, (48153) 7-16-24'],
] as const) {
  test(`phones in a text: ${row}`, () => {
    expect(phonesIn({ ...company, phones: texts.map((text) => ({ text })) })).toBe(row)
  })
}

test('the consent lists the data of the request and nothing else', () => {
  const section = consent.body.split(/^## /m).find((text) => text.startsWith('4.')) ?? ''
  expect(section.match(/^- .*$/gm)).toEqual([
    '- Фамилия, имя, отчество.',
    '- Адрес регистрации и почтовый адрес.',
    '- Паспорт: серия и номер, кем и когда выдан.',
    '- Адрес электронной почты.',
    '- Номера телефонов.',
  ])
})

const awkward = [
  '## **3. Регистрация и использование.**\n\nТекст\n\n## Ещё `раз` [ссылка](https://example.com)',
  '## Повтор\n\n## Повтор\n\n#### Повтор\n\n### Повтор',
  'Подчёркнутый\n---\n\n# Первый\n\n```\n## не заголовок\n```\n\n> ## В цитате\n\n- ## В списке',
  '## a <b>c</b> ![картинка](x.png) d &amp; e \\* f',
]
for (const [place, body] of awkward.entries()) {
  test(`contents follow the page for awkward Markdown, ${place + 1}`, () => {
    expect(tableOfContents(body).map(({ slug }) => slug)).toEqual(found(page(body), /<h[123] id="([^"]+)">/g))
  })
}

test('a clause repeated has one anchor', () => {
  expect(found(page('2.1. Раз\n\n2.1. Два\n\n2.2 Три'), /id="([^"]+)"/g)).toEqual([
    'clause-2-1',
    'clause-2-2',
  ])
})

test('HTML in a text is shown, not obeyed', () => {
  expect(page('## Раз\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))')).not.toMatch(
    /<script|javascript:/,
  )
})

test('the hash is the SHA-256 of the text, however its lines end', () => {
  expect(textHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      const lines = parts.map((part) => part.replace(/[\r\n]/g, ''))
      expect(textHash(lines.join('\r\n'))).toBe(textHash(lines.join('\n')))
      expect(textHash(lines.join('\r'))).toBe(textHash(lines.join('\n')))
      expect(textHash(`${lines.join('\n')}.`)).not.toBe(textHash(lines.join('\n')))
    }),
  )
})

test('addresses name a kind and a version or nothing', () => {
  expect(documentKind.safeParse('agreement').success).toBe(true)
  for (const text of ['', 'Agreement', '__proto__', 'agreement/1'])
    expect(documentKind.safeParse(text).success, text).toBe(false)
  expect(documentVersionNumber.parse('12')).toBe(12)
  for (const text of ['', '0', '01', '-1', '1.0', '1e3', ' 1', '9999999', 'x'])
    expect(documentVersionNumber.safeParse(text).success, text).toBe(false)
})
