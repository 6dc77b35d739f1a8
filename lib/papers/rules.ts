/** «4821-0937», as people read a code out. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** «010••••»: an account as it is shown to whoever holds a paper; its last digits help to recover a password. */
export function maskedAccount(accountNumber: string): string {
  return `${accountNumber.slice(0, -4)}••••`
}
