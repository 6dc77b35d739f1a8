import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/box'
import { SignOut } from '@/app/personal/_phone/sign-out'
import { codeSchema } from '@/lib/access/schema'
import { env } from '@/lib/env'
import { codeSvg } from '@/lib/ledger/code-svg'
import { type Halfway, requireHalfway } from '@/lib/session/require'
import { secondStep } from '@/lib/session/second-factor'
import { authenticatorUri, inGroups } from '@/lib/session/totp'
import { CodeForm } from './code-form'

export const metadata: Metadata = { title: 'Код' }

/** The second step of staff; the first time it is set up here. */
export default async function CodePage({ searchParams }: PageProps<'/personal/login/code'>) {
  const halfway = await requireHalfway()
  const step = await secondStep(halfway, new Date())
  const next = codeSchema.shape.next.parse((await searchParams).next)
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>{step.kind === 'enrol' ? 'Настройте второй шаг входа' : 'Второй шаг входа'}</h1>
      {step.kind === 'enrol' ? (
        <Enrolment halfway={halfway} secret={step.secret} />
      ) : (
        <p>
          Откройте на телефоне приложение с кодами и введите тот, что оно показывает сейчас. Телефона нет —
          введите запасной код: каждый действует один раз.
        </p>
      )}
      {step.demoCode ? <DemoCode code={step.demoCode} /> : null}
      <CodeForm next={next} first={step.kind === 'enrol'} />
      <div className="border-t border-line pt-2 text-soft">
        <p>
          {step.kind === 'enrol'
            ? 'Страница ждёт 15 минут, потом войдите ещё раз.'
            : 'Нет ни телефона, ни запасных кодов? Попросите администратора сбросить вам второй шаг.'}
        </p>
        <SignOut />
      </div>
    </div>
  )
}

function Enrolment({ halfway, secret }: { halfway: Halfway; secret: string }) {
  const uri = authenticatorUri(secret, new URL(env().PUBLIC_URL).host, halfway.login)
  const picture = Buffer.from(codeSvg(new TextEncoder().encode(uri))).toString('base64')
  return (
    <>
      <p>
        Одного пароля сотруднику мало: его могут подсмотреть. Кроме него понадобится код с вашего телефона —
        он меняется каждые полминуты.
      </p>
      <ol className="grid list-decimal gap-4 pl-6">
        <li>
          Поставьте на телефон приложение с одноразовыми кодами: «Яндекс Ключ», Google Authenticator, FreeOTP
          или другое.
        </li>
        <li>
          Добавьте в нём новый код и наведите камеру на картинку:
          <img
            src={`data:image/svg+xml;base64,${picture}`}
            alt="QR-код для приложения; то же самое текстом — ниже"
            width={224}
            height={224}
            className="mt-2 rounded-control"
          />
          <span className="mt-2 block text-soft">Не получается — введите в приложении этот ключ:</span>
          <code className="block font-semibold tracking-wide break-words">{inGroups(secret)}</code>
        </li>
        <li>Введите код, который показало приложение.</li>
      </ol>
    </>
  )
}

function DemoCode({ code }: { code: string }) {
  return (
    <Notice tone="warn" title="Демонстрация">
      <p>
        Код сейчас: <b className="font-semibold tracking-wide">{code}</b>. Вымышленная организация показывает
        его сама, чтобы не настраивать приложение. В настоящей он есть только на телефоне сотрудника.
      </p>
    </Notice>
  )
}
