import type { Slip } from '@/lib/papers/queries'
import { maskedAccount, spacedCode } from '@/lib/papers/rules'
import { channelWords } from '@/lib/readings/words'
import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'

/** A slip of readings: what was accepted, when, and by what anybody can verify it. */
export function SlipPaper({ paper, masked = false }: { paper: Slip; masked?: boolean }) {
  const { number, code, issuedAt, body } = paper
  return (
    <dl className="grid gap-3">
      <Fact name="Номер и код">
        <strong className="tabular-nums">{`№ ${number}, код ${spacedCode(code)}`}</strong>
      </Fact>
      <Fact name="Лицевой счёт">{masked ? maskedAccount(body.accountNumber) : body.accountNumber}</Fact>
      <Fact name="Принято">{`${formatInstant(issuedAt)}, ${channelWords(body.channel)}`}</Fact>
      {body.takenAt ? <Fact name="Снято">{formatInstant(new Date(body.takenAt))}</Fact> : null}
      {body.lines.map((line) => (
        <Fact key={`${line.serial} ${line.period}`} name={`${line.title}, № ${line.serial}`}>
          {line.values.map(({ name, dial }) => (
            <span key={name ?? ''} className="block font-medium tabular-nums">
              {`${name ? `${name.toLowerCase()} ` : ''}${dial} ${line.unit}`}
            </span>
          ))}
          <span className="block text-[0.94em] text-soft">
            {`за ${formatPeriod(period(line.period))}, снято ${formatDay(day(line.takenOn))}`}
          </span>
        </Fact>
      ))}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-[0.94em] text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
