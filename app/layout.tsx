import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Личный кабинет', template: '%s — Личный кабинет' },
  description: 'Счёт, показания счётчиков и связь с управляющей организацией.',
  referrer: 'same-origin',
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f4ef' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1519' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is made per request: a page rendered ahead would carry no nonce, and its scripts would be refused.
  await connection()
  return (
    <html lang="ru">
      <body>{children}</body>
    </html>
  )
}
