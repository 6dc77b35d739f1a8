const HIDDEN = '••'
/** What a flat or a room is called in an address, and all that follows it. */
const FLAT = /(^|[\s,])(кв|квартира|ком|комн|комната|пом|помещение|оф|офис)(\.|\s|(?=\d)).*$/iu
const LAST_NUMBER = /\d[\dа-яёa-z/-]*(?=\D*$)/iu

/**
 * An address as it is shown to somebody who only has the account number: «3-й микрорайон, дом 7, кв. ••». A house without
 * flats loses its number, an address of no known shape everything.
 */
export function maskedAddress(address: string): string {
  if (FLAT.test(address))
    return address.replace(FLAT, (_all, before: string) => `${before || ' '}кв. ${HIDDEN}`).trim()
  return LAST_NUMBER.test(address) ? address.replace(LAST_NUMBER, HIDDEN) : HIDDEN
}
