/** A number without an exponent and idle zeros, exact to the digit: `1.5E-3` → `0.0015`. What is no number stays as it is. */
export function plainDecimal(value: string): string {
  const found = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(value.trim())
  if (!found) return value
  const [, sign = '', whole = '', rest = '', exponent = '0'] = found
  const digits = whole + rest
  const point = whole.length + Number(exponent)
  const padded = point <= 0 ? digits.padStart(digits.length - point + 1, '0') : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const decimals = padded.slice(at).replace(/0+$/, '')
  return `${sign}${integer}${decimals ? `.${decimals}` : ''}`
}

/** The same for a number kept as a binary fraction, of which 15 digits mean something: `288.97000000000003` → `288.97`. */
export function roundedDecimal(value: string): string {
  const digits = /^-?(\d+)(?:\.(\d*))?/.exec(value.trim())
  const significant = `${digits?.[1] ?? ''}${digits?.[2] ?? ''}`.replace(/^0+/, '').length
  return plainDecimal(significant > 15 ? Number(value).toPrecision(15) : value)
}
