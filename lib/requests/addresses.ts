/** A stretch of text; `marked` where it differs from what it stands beside. */
export interface Piece {
  text: string
  marked: boolean
}

/** How two addresses relate: `swapped` = one number with its digits transposed, `unclear` = nothing to compare. */
export type AddressVerdict = 'same' | 'swapped' | 'different' | 'unclear'

export interface AddressComparison {
  verdict: AddressVerdict
  words: string
  a: Piece[]
  b: Piece[]
}

type Part = 'street' | 'district' | 'house' | 'block' | 'flat' | 'room' | 'town'
interface Token {
  text: string
  start: number
  end: number
}
interface Found extends Token {
  value: string
}
type Address = Partial<Record<Part, Found>>

const differently: Record<Part, string> = {
  street: 'другая улица',
  district: 'другой микрорайон',
  house: 'другой дом',
  block: 'другой корпус',
  flat: 'другая квартира',
  room: 'другая комната',
  town: 'другой город',
}
const genitives: Record<Part, string> = {
  street: 'улицы',
  district: 'микрорайона',
  house: 'дома',
  block: 'корпуса',
  flat: 'квартиры',
  room: 'комнаты',
  town: 'города',
}
const order: Part[] = ['town', 'street', 'district', 'house', 'block', 'flat', 'room']

const markers: readonly (readonly [pattern: RegExp, part: Part])[] = [
  [/^(микрорайон[а-я]*|мкрн?|мн|мкрайон)$/, 'district'],
  [
    /^(улица|ул|проспект|прт|просп|переулок|пер|проезд|бульвар|бр|шоссе|площадь|пл|набережная|наб)$/,
    'street',
  ],
  [/^(дом|д)$/, 'house'],
  [/^(корпус|корп|к|строение|стр)$/, 'block'],
  [/^(квартира|кв)$/, 'flat'],
  [/^(комната|комн|ком)$/, 'room'],
  [/^(город|гор|г|поселок|пос|п|село|с|деревня|дер)$/, 'town'],
]

/**
 * Compares two addresses part by part, however each is written: «3-й микрорайон, дом 7, кв. 41» is
 * «3 мкр., д. 7, кв. 41» (Desnogorsk has no streets; houses 1Б, 3/1, корп.). Marks the parts that differ.
 */
export function compareAddresses(a: string, b: string): AddressComparison {
  const [left, right] = [parse(a), parse(b)]
  const differing = order.filter((part) => differs(part, left, right))
  const shared = order.filter((part) => left[part] && right[part])
  const pieces = { a: marked(a, left, differing), b: marked(b, right, differing) }
  if (plain(a) === plain(b)) return { verdict: 'same', words: 'совпало', ...pieces }
  if (!shared.includes('house')) return { verdict: 'unclear', words: 'сравните сами', ...pieces }
  return { ...judge(differing, left, right), ...pieces }
}

function judge(differing: Part[], left: Address, right: Address): { verdict: AddressVerdict; words: string } {
  const [part, ...others] = differing
  if (!part) return { verdict: 'same', words: 'совпало' }
  if (others.length > 0) return { verdict: 'different', words: 'другой адрес' }
  const [a, b] = [left[part]?.value, right[part]?.value]
  if (!a || !b) return { verdict: 'different', words: `без ${genitives[part]}` }
  return areSwapped(a, b)
    ? { verdict: 'swapped', words: `переставлены цифры ${genitives[part]}` }
    : { verdict: 'different', words: differently[part] }
}

/** A town left out on one side is no difference: people of one town rarely write it. */
function differs(part: Part, left: Address, right: Address): boolean {
  const [a, b] = [left[part]?.value, right[part]?.value]
  if (part === 'town' && (!a || !b)) return false
  return a !== b
}

/** 14 and 41: the same digits in another order. */
function areSwapped(a: string, b: string): boolean {
  return /\d/.test(a) && a !== b && [...a].sort().join('') === [...b].sort().join('')
}

function parse(text: string): Address {
  const tokens = tokensOf(text)
  const address: Address = {}
  const free = new Set(tokens)
  for (const [place, token] of tokens.entries()) {
    const part = markers.find(([pattern]) => pattern.test(plain(token.text)))?.[1]
    if (!part || address[part]) continue
    const named =
      part === 'street' || part === 'town'
        ? wordFor(tokens, place, free)
        : numberFor(tokens, place, part, free)
    if (!named) continue
    address[part] = { ...named, value: plain(named.text) }
    free.delete(token)
    free.delete(named)
  }
  return withBareNumbers(
    address,
    tokens.filter((token) => free.has(token)),
  )
}

/** «3-й мкр.» has its number before, «мкр. 3» and the others after. */
function numberFor(tokens: Token[], place: number, part: Part, free: Set<Token>): Token | undefined {
  const around = part === 'district' ? [tokens[place - 1], tokens[place + 1]] : [tokens[place + 1]]
  return around.find((token) => token && free.has(token) && isNumber(token))
}

/** «ул. Ленина», and «Ленина ул.» when no name follows. */
function wordFor(tokens: Token[], place: number, free: Set<Token>): Token | undefined {
  const isName = (token: Token | undefined) =>
    token &&
    free.has(token) &&
    /^\p{L}{3,}/u.test(token.text) &&
    !markers.some(([p]) => p.test(plain(token.text)))
  return [tokens[place + 1], tokens[place - 1]].find(isName)
}

/** «3-7-41» and «3 мкр, 7, 41»: numbers without a word are district, house, flat, those not named yet. */
function withBareNumbers(address: Address, free: Token[]): Address {
  const numbers = free.filter((token) => isNumber(token) && !/^\d{6}$/.test(token.text))
  const withStreet = address.street ? (['house', 'flat'] as const) : (['district', 'house', 'flat'] as const)
  const unnamed = withStreet.filter((part) => !address[part]).slice(-numbers.length)
  for (const [place, part] of unnamed.entries()) {
    const token = numbers[place]
    if (token && numbers.length <= unnamed.length) address[part] = { ...token, value: plain(token.text) }
  }
  return address
}

const TOKEN =
  /\d+(?:\/\d+)?(?:[-–]?(?:ой|ый|й|ая|я)(?!\p{L})|-?[\p{L}](?![\p{L}.])|\s*[«"]\p{L}[»"])?|(?:мкр-н|м-н|пр-т|б-р)(?!\p{L})|\p{L}[\p{L}-]*/giu

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function isNumber(token: Token): boolean {
  return /^\d/.test(token.text)
}

// Letters that look alike and are typed in either alphabet: 15a and 15а are one flat.
const LATIN = 'abcehkmoptx'
const CYRILLIC = 'авсенкмортх'

/** A part as it is compared: case, ё, quotes, spaces, ordinal endings do not count. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[a-z]/g, (letter) => CYRILLIC[LATIN.indexOf(letter)] ?? letter)
    .replace(/^(\d+)-?(?:ой|ый|й|ая|я)$/, '$1')
    .replace(/[^\p{L}\p{N}/]/gu, '')
}

function marked(text: string, address: Address, differing: Part[]): Piece[] {
  const spots = differing.flatMap((part) => address[part] ?? []).sort((one, other) => one.start - other.start)
  const pieces: Piece[] = []
  let done = 0
  for (const { start, end } of spots) {
    pieces.push(
      { text: text.slice(done, start), marked: false },
      { text: text.slice(start, end), marked: true },
    )
    done = end
  }
  pieces.push({ text: text.slice(done), marked: false })
  return pieces.filter((piece) => piece.text)
}
