/** How alike two names are. */
export type Likeness = 'same' | 'close' | 'different'

/** A person's name as the request states it. */
export interface PersonName {
  lastName: string
  firstName: string
  patronymic: string
}

const LONGEST = 200

/**
 * Typing mistakes between two names: letters added, lost, replaced or swapped with a neighbour (optimal string
 * alignment). ё and е, case, spaces, hyphens, apostrophes and dots do not count.
 */
export function nameDistance(a: string, b: string): number {
  return alignment([...folded(a)], [...folded(b)])
}

function folded(name: string): string {
  return name
    .slice(0, LONGEST)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function alignment(a: readonly string[], b: readonly string[]): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (const [row, letter] of a.entries()) {
    const current = [row + 1]
    for (const [column, other] of b.entries()) {
      const swapped = letter === b[column - 1] && other === a[row - 1]
      current.push(
        Math.min(
          at(last, column + 1) + 1,
          at(current, column) + 1,
          at(last, column) + (letter === other ? 0 : 1),
          swapped ? at(beforeLast, column - 1) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? Number.POSITIVE_INFINITY
}

/**
 * A name in a request beside the holder as billing writes it («КОРОЛЕВА-ЩУКИНА АННА», «Иванов И. П.»).
 * `words` say what staff should look at.
 */
export function compareNames(name: PersonName, holder: string): { likeness: Likeness; words: string } {
  const inRequest = [name.lastName, name.firstName, name.patronymic].filter(Boolean).join(' ')
  if (nameDistance(inRequest, holder) === 0 || sorted(inRequest) === sorted(holder)) return same
  const withoutPatronymic = `${name.lastName} ${name.firstName}`
  if (name.patronymic && nameDistance(withoutPatronymic, holder) === 0)
    return close('в биллинге нет отчества')
  if (!name.patronymic && startsWith(holder, withoutPatronymic)) return close('в заявке нет отчества')
  if (matchesInitials(name, holder)) return close('в биллинге инициалы')
  return byDistance(nameDistance(inRequest, holder), name, holder)
}

const same = { likeness: 'same', words: 'совпало' } as const

function close(words: string) {
  return { likeness: 'close', words } as const
}

function byDistance(distance: number, name: PersonName, holder: string) {
  if (distance <= tolerance(holder))
    return close(distance === 1 ? 'отличается одна буква' : 'отличаются две буквы')
  const sameSurname = startsWith(holder, name.lastName)
  return { likeness: 'different', words: sameSurname ? 'другое имя' : 'другая фамилия' } as const
}

/** How many mistakes still look like typing: none in the shortest names, where one letter makes another name. */
function tolerance(name: string): number {
  const { length } = folded(name)
  if (length < 8) return 0
  return length < 15 ? 1 : 2
}

function startsWith(holder: string, beginning: string): boolean {
  const words = wordsOf(holder)
  return words.some((_, count) => folded(words.slice(0, count + 1).join('')) === folded(beginning))
}

function matchesInitials({ lastName, firstName, patronymic }: PersonName, holder: string): boolean {
  const initials = [firstName, patronymic].map((part) => folded(part).slice(0, 1)).join('')
  const written = folded(holder)
  const head = folded(lastName)
  if (!written.startsWith(head)) return false
  const rest = written.slice(head.length)
  return rest.length > 0 && rest.length <= 2 && initials.startsWith(rest)
}

function sorted(name: string): string {
  return wordsOf(name).map(folded).sort().join(' ')
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, LONGEST)
    .split(/[\s.]+/)
    .filter(Boolean)
}
