import type { Profile } from '../profile'
import { importKinds } from '../schema'
import { bankRegister, datedBankRegister, gisAccounts, gisMeters, gisReadings, oneCharges } from './others'
import { ownProfile } from './own'

/** The profiles every company starts with; the first that fits a file best is proposed. */
export const builtInProfiles: readonly Profile[] = [
  ...importKinds.map(ownProfile),
  oneCharges,
  bankRegister,
  datedBankRegister,
  gisAccounts,
  gisMeters,
  gisReadings,
]
