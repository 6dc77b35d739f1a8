import type { Metadata } from 'next'
import { CheckForm } from './check-form'

export const metadata: Metadata = { title: 'Проверить документ' }

const digits = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value.replace(/\D/g, '').slice(0, 15) : ''

/** Anybody who holds a paper of ours can see whether we gave it out, and what it says. */
export default async function CheckPage({ searchParams }: PageProps<'/personal/check'>) {
  const { number, code } = await searchParams
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <h1>Проверить документ</h1>
      <p>
        Если вам показали нашу справку или талон о переданных показаниях, введите номер и код. Мы скажем,
        выдавали ли мы этот документ и что в нём написано. Имён и адресов здесь не будет.
      </p>
      <CheckForm number={digits(number)} code={digits(code)} />
    </div>
  )
}
