import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { noteWords } from '@/app/admin/payments/words'
import { refundForm, settleForm } from '@/lib/payments/schema'

const refund = { formKey: randomUUID(), paymentId: randomUUID(), position: '1', amount: '1 234,56' }

test('money goes back only with a reason and a tick', () => {
  expect(refundForm.safeParse({ ...refund, reason: 'заявление', sure: 'on' }).data).toMatchObject({
    position: 1,
    amount: 123_456n,
  })
  const bare = refundForm.safeParse({ ...refund, reason: 'заявление' })
  expect(bare.error?.issues.map((issue) => issue.path[0])).toEqual(['sure'])
  expect(refundForm.safeParse({ ...refund, reason: '', sure: 'on' }).error?.issues[0]?.path).toEqual([
    'reason',
  ])
})

test('a decision wants the tick only where money goes back', () => {
  const problems = (decision: string, sure?: string) =>
    settleForm
      .safeParse({ paymentId: refund.paymentId, decision, reason: 'сверили', sure })
      .error?.issues.map((issue) => issue.path[0])
  expect(problems('credit')).toBeUndefined()
  expect(problems('close')).toBeUndefined()
  expect(problems('return')).toEqual(['sure'])
  expect(problems('return', 'on')).toBeUndefined()
  expect(problems('')).toEqual(['decision'])
})

for (const [note, words] of [
  ['', ''],
  ['amount', 'сумма не та, что просили'],
  ['refunded:7', 'проведён возврат № 7'],
  ['unknown:http_500', 'ответа нет (http_500)'],
  ['refused:insufficient_funds', 'отказ (не хватило денег)'],
  ['something_new', 'something_new'],
] as const)
  test(`the note «${note}» is read as «${words}»`, () => expect(noteWords(note)).toBe(words))
