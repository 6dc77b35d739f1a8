import type { Random } from './random'

const MEN =
  'Александр Сергей Алексей Андрей Пётр Фёдор Семён Николай Владимир Дмитрий Игорь Юрий Лев Виктор Олег Артём Матвей Геннадий Валерий Роман'.split(
    ' ',
  )
const WOMEN =
  'Анна Мария Алёна Елена Ольга Татьяна Наталья Светлана Ирина Галина Людмила Валентина Екатерина Нина Любовь Юлия Вера Зинаида Софья Ксения'.split(
    ' ',
  )
const PATRONYMICS =
  'Александров Сергеев Алексеев Андреев Петров Фёдоров Семёнов Николаев Владимиров Дмитриев Игорев Юрьев Викторов Олегов Иванов Михайлов Геннадьев Валерьев'.split(
    ' ',
  )
const SURNAMES =
  'Королёв Семёнов Кузнецов Смирнов Воробьёв Соловьёв Ковалёв Киселёв Зуев Орлов Тарасов Беляев Комаров Жуков Фролов Щукин Мельников Гусев Титов Кудрявцев Баранов Рябов Поляков Цветков Данилов Журавлёв Родионов Калинин Лебедев Ершов Никитин Соболев Афанасьев Мухин Горелов Зимин Осипов Лапин Аксёнов Пестов Ильин Сафронов Грачёв Хохлов Дьячков Быков Рожков Мартынов Савин Третьяков'.split(
    ' ',
  )
/** Surnames that are the same for men and women. */
const UNBENT =
  'Петренко Шевчук Коваленко Гончаренко Черных Седых Шмидт Мороз Бондаренко Франк Гай Живаго Дурново'.split(
    ' ',
  )
const UNUSUAL = [
  'Гусейнов Рашид Ариф оглы',
  'Мамедова Севиндж Гасан кызы',
  'Алиев Эльчин Вагиф оглы',
  'Ли Вэй',
  'О Сон Ир',
  'Е Мария Сергеевна',
  'Шмидт Анна-Мария',
  'Нгуен Тхи Хоа',
  'Хан Дмитрий',
  "Д'Агостино Марко",
  'Бин Закирова Лейла Ренатовна',
  'Ю Константин Евгеньевич',
] as const

/** The holder of a dwelling as billing writes people: surname, name and patronymic; some in capitals and without ё. */
export function holderName(random: Random, index: number): string {
  const unusual = index % 25 === 9 ? UNUSUAL[Math.floor(index / 25)] : undefined
  const name = unusual ?? ordinary(random)
  return random.chance(0.07) ? name.toUpperCase().replaceAll('Ё', 'Е') : name
}

function ordinary(random: Random): string {
  const woman = random.chance(0.58)
  const first = random.pick(woman ? WOMEN : MEN)
  const patronymic = `${random.pick(PATRONYMICS)}${woman ? 'на' : 'ич'}`
  return `${surname(random, woman)} ${first} ${patronymic}`
}

function surname(random: Random, woman: boolean): string {
  if (random.chance(0.12)) return random.pick(UNBENT)
  const one = bent(random.pick(SURNAMES), woman)
  return random.chance(0.05) ? `${one}-${bent(random.pick(SURNAMES), woman)}` : one
}

function bent(surname: string, woman: boolean): string {
  return woman ? `${surname}а` : surname
}
