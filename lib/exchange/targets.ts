import { accountsTarget } from './accounts-target'
import { chargesTarget } from './charges-target'
import { metersTarget } from './meters-target'
import { paymentsTarget } from './payments-target'
import { readingsTarget } from './readings-target'
import type { ImportKind } from './schema'
import type { Target } from './target'
import { tariffsTarget } from './tariffs-target'

const targets = {
  accounts: accountsTarget,
  meters: metersTarget,
  charges: chargesTarget,
  tariffs: tariffsTarget,
  payments: paymentsTarget,
  readings: readingsTarget,
}

/** Where the rows of a kind of file go. */
export function targetOf(kind: ImportKind): Target<unknown> {
  // A reading by a profile of that kind yields rows of that kind, and no others.
  return targets[kind] as Target<unknown>
}
