import { randomInt } from 'node:crypto'
import { Visitor } from '../../scripts/testing/form'
import type { Pair } from './pair'

/** Somebody without a login at «Оплатить за другого», with the filled form before them. */
export class Payer {
  /** Whether the service has said that the payment is begun. */
  begun = false

  private constructor(
    private readonly pair: Pair,
    private readonly visitors: readonly Visitor[],
    private readonly form: string,
  ) {}

  /** Opens the form and names the account. */
  static async open(pair: Pair, accountNumber: string): Promise<Payer> {
    const from = { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` }
    const visitors = pair.copies.map(({ url }) => new Visitor(url, from))
    const [first] = visitors
    if (!first) throw new Error('nobody to ask')
    const page = await (await first.get('/personal/pay')).text()
    const found = await first.send('/personal/pay', page, { step: 'find', accountNumber })
    return new Payer(pair, visitors, await found.text())
  }

  /** «Перейти в банк», so many times at once, in turn at each copy. @throws when an answer takes longer than 10 s */
  async press(times: number): Promise<void> {
    await Promise.all(Array.from({ length: times }, (_, place) => this.pressOnce(place)))
  }

  private async pressOnce(place: number): Promise<void> {
    const visitor = this.visitors[place % this.visitors.length]
    const typed = { step: 'pay', amount: '123,45', method: 'sbp', email: '' }
    // Nothing came of it when the service or the connection was gone: the payer presses again.
    const status = await this.pair.answered(async () => {
      const answer = await visitor?.send('/personal/pay', this.form, typed)
      await answer?.text()
      return answer?.status ?? 0
    })
    if (status === 303) this.begun = true
  }
}
