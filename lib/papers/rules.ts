/** «4821-0937», as people read a code out. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** «К••• А••• П•••»: a person as shown to whoever holds a paper; as long a row of dots for every name. */
export function maskedName(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${word.slice(0, 1)}•••`)
    .join(' ')
}

/** «010••••»: an account as it is shown to whoever holds a paper; its last digits help to recover a password. */
export function maskedAccount(accountNumber: string): string {
  return `${accountNumber.slice(0, -4)}••••`
}
