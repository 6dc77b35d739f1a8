import { closeDb } from '@/db/client'
import { paymentSchema } from '@/lib/payments/schema'
import { startPayment } from '@/lib/payments/start'

/** A process that does nothing but send a payer's form, from an address of their own: to be killed on the way. Prints how it went. */
const input = paymentSchema.parse(JSON.parse(process.argv[2] ?? ''))
const started = await startPayment({ address: input.formKey }, input, new Date())
console.log(started.status === 'ok' ? started.value.id : started.status)
await closeDb()
