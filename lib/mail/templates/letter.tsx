/** @jsxImportSource react */

import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Section,
  Text,
} from '@react-email/components'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import type { z } from 'zod'
import type { Settings } from '@/lib/settings/schema'

/** What every letter may name: the company and the address of the service. */
export interface LetterContext {
  company: Settings['company']
  publicUrl: string
}

export interface Letter {
  subject: string
  body: ReactElement
}

/** A kind of letter: the shape of what it needs, and how it is written from what the database holds. */
export interface Template<Payload extends z.ZodType> {
  payload: Payload
  /** @throws ZodError when the stored payload is not of the shape */
  write: (stored: unknown, context: LetterContext) => Letter
}

/** Ties a payload's shape to the letter written from it. */
export function template<Payload extends z.ZodType>(
  payload: Payload,
  compose: (payload: z.output<Payload>, context: LetterContext) => Letter,
): Template<Payload> {
  return { payload, write: (stored, context) => compose(payload.parse(stored), context) }
}

const font = { fontFamily: 'Arial, Helvetica, sans-serif', color: '#16222c' }
export const paragraph = { ...font, fontSize: '16px', lineHeight: '25px', margin: '0 0 14px' }
/** For a phone or hours, which must not fall apart at a hyphen. */
export const unbroken = { whiteSpace: 'nowrap' } as const
const quiet = { ...paragraph, fontSize: '14px', lineHeight: '21px', color: '#54636e' }

/** The sheet every letter is written on: a heading, plain paragraphs, and how to reach the company. */
export function Sheet({
  heading,
  context,
  children,
}: {
  heading: string
  context: LetterContext
  children: ReactNode
}): ReactElement {
  const { company } = context
  return (
    <Html lang="ru">
      <Head />
      <Body style={{ backgroundColor: '#f6f4ef', margin: 0, padding: '24px 0' }}>
        <Container
          style={{ backgroundColor: '#ffffff', padding: '28px', maxWidth: '560px', borderRadius: '14px' }}
        >
          <Heading as="h1" style={{ ...font, fontSize: '22px', lineHeight: '30px', margin: '0 0 16px' }}>
            {heading}
          </Heading>
          {children}
          <Hr style={{ borderColor: '#e2ddd2', margin: '22px 0 14px' }} />
          <Text style={quiet}>
            {company.name}, {company.postalAddress}. Телефоны:{' '}
            {company.phones.map((phone, place) => (
              <Fragment key={phone.tel}>
                {place > 0 ? ', ' : ''}
                <span style={unbroken}>{phone.text}</span>
              </Fragment>
            ))}
            . Почта:{' '}
            <Link href={`mailto:${company.email}`} style={{ color: '#0a5a8c', textDecoration: 'underline' }}>
              {company.email}
            </Link>
          </Text>
          <Text style={quiet}>Письмо отправлено автоматически, отвечать на него не нужно.</Text>
        </Container>
      </Body>
    </Html>
  )
}

/** One paragraph. */
export function P({ children }: { children: ReactNode }): ReactElement {
  return <Text style={paragraph}>{children}</Text>
}

/** A text of several lines, as somebody wrote it. */
export function Lines({ text }: { text: string }): ReactElement {
  return (
    <>
      {text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike, and none ever moves
          <P key={place}>{line}</P>
        ))}
    </>
  )
}

/** Things one under the other, each with a dash. */
export function List({ items }: { items: readonly string[] }): ReactElement {
  return (
    <Text style={paragraph}>
      {items.map((item) => (
        <Fragment key={item}>
          — {item}
          <br />
        </Fragment>
      ))}
    </Text>
  )
}

/** The one thing to do next, as a button with its address written out beneath it. */
export function Act({ href, children }: { href: string; children: ReactNode }): ReactElement {
  return (
    <Section style={{ margin: '6px 0 16px' }}>
      <Button
        href={href}
        style={{
          ...font,
          backgroundColor: '#0a5a8c',
          color: '#ffffff',
          fontSize: '17px',
          padding: '14px 24px',
          borderRadius: '10px',
        }}
      >
        {children}
      </Button>
      {/* The plain text has the address already, in the place of the button. */}
      <Text data-skip-in-text="true" style={{ ...quiet, margin: '12px 0 0', wordBreak: 'break-all' }}>
        Если кнопка не работает, скопируйте этот адрес в браузер:
        <br />
        {href}
      </Text>
    </Section>
  )
}
