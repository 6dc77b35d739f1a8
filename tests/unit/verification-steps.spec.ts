import { expect, test } from '@playwright/test'
import { stepsOf } from '@/lib/notices/verification-steps'
import { addDays, day } from '@/lib/units/day'

const TODAY = day('2026-11-22')
const steps: [number, number | undefined][] = [
  [91, undefined],
  [90, 90],
  [61, 90],
  [60, 60],
  [31, 60],
  [30, 30],
  [1, 30],
  [0, 0],
  [-1, 0],
  [-30, 0],
  [-31, undefined],
]
for (const [left, step] of steps) {
  test(`${left} days before a verification runs out the step is ${step}`, () => {
    const until = addDays(TODAY, left)
    expect(
      stepsOf(TODAY)
        .filter(({ from, to }) => from <= until && until <= to)
        .map((of) => of.step),
    ).toEqual(step === undefined ? [] : [step])
  })
}
