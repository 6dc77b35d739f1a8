/**
 * One line of text as it is kept: composed letters, single spaces, no control or invisible characters
 * (NUL, lone surrogates, direction marks), no blanks around.
 */
export function cleanLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/ +/g, ' ')
    .trim()
}

/** Only the digits of a text. */
export function digitsIn(text: string): string {
  return text.replace(/\D/g, '')
}

/** «1 цифра», «2 цифры», «5 цифр». */
export function plural(count: number, [one, few, many]: readonly [string, string, string]): string {
  const form = new Intl.PluralRules('ru').select(count)
  return `${count} ${form === 'one' ? one : form === 'few' ? few : many}`
}
