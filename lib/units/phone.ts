import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A Russian mobile number in E.164 («8 (910) 123-45-67» → `+79101234567`); undefined when it is no such number. */
export function mobileNumber(text: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, 'RU')
  if (!parsed?.isValid() || parsed.country !== 'RU' || parsed.getType() !== 'MOBILE') return undefined
  return parsed.number
}

/** Any phone as it is compared: E.164 where that can be told, else undefined. */
export function comparablePhone(text: string): string | undefined {
  return parsePhoneNumberFromString(text, 'RU')?.number
}

/** `+7 (910) 123-45-67`; a number that is not Russian stays as it is. */
export function formatPhone(phone: string): string {
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone)
  return match ? `+7 (${match[1]}) ${match[2]}-${match[3]}-${match[4]}` : phone
}
