import { commonPasswords } from './common-passwords'

const MIN = 12
const MAX = 256
const COMMON = [
  'password',
  'пароль',
  'qwerty',
  'йцукен',
  'asdfgh',
  'фывапр',
  'zxcvbn',
  'ячсмит',
  '1q2w3e',
  '1й2ц3у',
  'abcdef',
  'абвгде',
  '123456',
  '654321',
  '987654',
  'admin',
  'desnogorsk',
  'десногорск',
  'iloveyou',
  'люблютебя',
  // Words of the place: docs/security/rules.md names them.
  'мупккп',
  'личныйкабинет',
  'кабинет',
  'kabinet',
  'показания',
  'квартплата',
  'коммуналка',
]
/** What people of the place are fond of and the list of the world lacks. */
const FOND =
  'россия москва смоленск спартак солнышко любимая любимый красотка малышка бабушка дедушка мамочка здоровье счастье родина победа'

/** Of how many common passwords and numbers a password is made at least to be taken. */
const PARTS = 3
/** A day of birth has eight digits. */
const NUMBER = /^\d{1,8}$/
const ONE_SIGN = /^(.)\1+$/
const REPEATED = /^(.+)\1+$/

/**
 * What is wrong with a new password, or undefined (OWASP ASVS 5.0 §6.2: length 12–256, no composition
 * rules; common ones are refused and what is made of two, in either layout of the keyboard; nor may it be built on the login or
 * the account number).
 */
export function passwordProblem(password: string, known: readonly string[]): string | undefined {
  if (password.length < MIN) return `Нужно не меньше ${MIN} знаков. Сейчас ${password.length}.`
  if (password.length > MAX) return `Не больше ${MAX} знаков.`
  const folded = password.toLowerCase().replace(/\s/g, '')
  const rest = [...COMMON, ...known.map((word) => word.toLowerCase())]
    .filter((word) => word.length >= 4)
    .reduce((text, word) => text.replaceAll(word, ''), folded)
  if (new Set(folded).size < 5 || rest.length < 6 || isCommon(folded)) {
    return 'Такой пароль легко подобрать. Возьмите три-четыре слова, которые не стоят рядом.'
  }
  return undefined
}

function isCommon(folded: string): boolean {
  const typed = onLatinKeys(folded)
  return REPEATED.test(typed) || partsOf(typed) < PARTS
}

const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"

/** «пароль» is typed by the keys of «gfhjkm», and guessed as easily. */
function onLatinKeys(text: string): string {
  return [...text].map((sign) => LATIN[CYRILLIC.indexOf(sign)] ?? sign).join('')
}

/** The least number of common passwords, numbers, runs of one sign and other signs that a text can be cut into. */
function partsOf(text: string): number {
  const { words, longest } = common()
  const least = [0]
  for (let end = 1; end <= text.length; end++) {
    least[end] = (least[end - 1] ?? 0) + 1
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const part = text.slice(start, end)
      if (words.has(part) || NUMBER.test(part) || ONE_SIGN.test(part))
        least[end] = Math.min(least[end] ?? end, (least[start] ?? start) + 1)
    }
  }
  return least[text.length] ?? 0
}

let known: { words: ReadonlySet<string>; longest: number } | undefined

function common() {
  known ??= wordsOf([...commonPasswords.split(' '), ...onLatinKeys(FOND).split(' ')])
  return known
}

function wordsOf(list: readonly string[]) {
  return { words: new Set(list), longest: Math.max(...list.map((word) => word.length)) }
}
