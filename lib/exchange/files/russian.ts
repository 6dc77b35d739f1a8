// The letters and pairs of letters Russian texts are mostly made of.
const FREQUENT = new Set('оеаинтсрвлкмдпу')
const RARE = new Set('ягыьзбчйхжшюцщэфъё')
const PAIRS = new Set(
  (
    'ст но то на ен ов ни ра во ко ос ро не по пр ре ор ал ро ер та ан ол ли ел го ле од от ка ле ва ит де ет ти ла ль ' +
    'ло ме ин ис ес да ат тв ил об ме мо ны ри ар те нн ом ки до же за ак он ог ик ая ие ой ый сч ет ус лу уг ам ма ча ' +
    'ад др ре из им мя па че вч сл фи ио ту им ру бы бо гр ду ег жи зд ий ки кв кт лк ми нк нт оз ок оп ою пе пи ры са се ' +
    'си ск со ся тр уд ул ум ут ущ ше ши эл'
  ).split(' '),
)
/** Signs Russian files really have; Latin letters with marks are not among them. */
const SIGNS = new Set('№«»„“”‘’–—−…₽°²³±·\u00a0\u00ad\u202f\u2009‰§©®•')

/**
 * How much the letters of a text that are not ASCII look like Russian, from about −4 to 2; undefined when there are none.
 * A text read in the wrong encoding has letters of other alphabets, rare pairs, and capitals after small letters.
 */
export function russianness(text: string): number | undefined {
  let count = 0
  let score = 0
  let before = ''
  for (const sign of text) {
    if (sign > '\u007f') {
      count += 1
      score += weightOf(sign) + pairWeight(before, sign)
    }
    before = sign
  }
  return count === 0 ? undefined : score / count
}

/** Whether every letter of a text could stand in a Russian one. */
export function isPlausible(text: string): boolean {
  for (const sign of text) if (sign > '\u007f' && !SIGNS.has(sign) && !isRussian(sign)) return false
  return true
}

function weightOf(sign: string): number {
  const small = sign.toLowerCase()
  if (FREQUENT.has(small)) return 1
  if (RARE.has(small)) return 0.3
  return SIGNS.has(sign) ? 0 : -4
}

function pairWeight(before: string, sign: string): number {
  if (!isRussian(before) || !isRussian(sign)) return 0
  const brokenCase = isSmall(before) && !isSmall(sign) ? -2 : 0
  return brokenCase + (PAIRS.has((before + sign).toLowerCase()) ? 1 : -0.3)
}

function isRussian(sign: string): boolean {
  return /^[а-яё]$/i.test(sign)
}

function isSmall(letter: string): boolean {
  return letter === letter.toLowerCase()
}
