import { encode } from 'uqr'

/** A payment code as an SVG picture, dark on white in every colour scheme, its quiet zone included. */
export function codeSvg(code: Uint8Array): string {
  const { data, size } = encode(Array.from(code), { ecc: 'M', boostEcc: false, border: 4 })
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  const sheet = `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">${sheet}<path d="${dark}"/></svg>`
}
