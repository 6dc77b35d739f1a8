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
]

/**
 * What is wrong with a new password, or undefined (OWASP ASVS 5.0 §6.2: length 12–256, no composition
 * rules, common ones refused; nor may it be built on the login or the account number).
 */
export function passwordProblem(password: string, known: readonly string[]): string | undefined {
  if (password.length < MIN) return `Нужно не меньше ${MIN} знаков. Сейчас ${password.length}.`
  if (password.length > MAX) return `Не больше ${MAX} знаков.`
  const folded = password.toLowerCase().replace(/\s/g, '')
  const rest = [...COMMON, ...known.map((word) => word.toLowerCase())]
    .filter((word) => word.length >= 4)
    .reduce((text, word) => text.replaceAll(word, ''), folded)
  if (new Set(folded).size < 5 || rest.length < 6) {
    return 'Такой пароль легко подобрать. Возьмите три-четыре слова, которые не стоят рядом.'
  }
  return undefined
}
