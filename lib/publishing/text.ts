/**
 * The text of a file: UTF-8 with or without its mark, or cp1251; undefined for anything else. cp1251 is told from the other
 * one-byte encodings by its letters: read as cp1251, those give mostly capitals or signs.
 */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes, 'utf-8') ?? russianIn(decoded(bytes, 'windows-1251'))
  return text === undefined || text.includes('\0') ? undefined : text
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function russianIn(text: string | undefined): string | undefined {
  const foreign = text?.match(/[^\0-\x7f]/g) ?? []
  const small = foreign.filter((sign) => /[а-яё]/.test(sign)).length
  const capital = foreign.filter((sign) => /[А-ЯЁ]/.test(sign)).length
  const usual = foreign.filter((sign) => /[«»„“”—–№§\u00a0©°…’]/.test(sign)).length
  return small > capital && small + capital + usual >= foreign.length * 0.98 ? text : undefined
}
