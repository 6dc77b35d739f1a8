import { notFound } from 'next/navigation'
import { accountOfPage } from '@/app/personal/_overview/account'
import { chargesCsv, chargesXlsx } from '@/lib/ledger/own-export'
import { ownScope } from '@/lib/ledger/queries'
import { exportAsked } from '@/lib/ledger/schema'
import { requireSubscriber } from '@/lib/session/require'

/** One's own charges as a file: `?format=csv|xlsx`, of one `&year=` or of all. */
export async function GET(request: Request): Promise<Response> {
  const subscriber = await requireSubscriber()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const asked = exportAsked.safeParse(query)
  const chosen = await accountOfPage(subscriber, query.account)
  if (!asked.success || !chosen) notFound()
  const { format, year } = asked.data
  const scope = ownScope(subscriber, chosen.account.id)
  const number = chosen.account.accountNumber.replace(/[^\w-]/g, '_')
  const name = `ledger-${number}${year === undefined ? '' : `-${year}`}.${format}`
  const body =
    format === 'csv' ? streamOf(chargesCsv(scope, year)) : new Uint8Array(await chargesXlsx(scope, year))
  return new Response(body, {
    headers: { 'content-type': types[format], 'content-disposition': `attachment; filename="${name}"` },
  })
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
