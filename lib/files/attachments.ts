import { createHash } from 'node:crypto'
import { cleanLine } from '@/lib/units/text'
import { makePicture, type PictureFault } from './picture'

/** A file fit to be kept: a picture made anew, or a PDF as it came, which is only ever given out as a download. */
export interface Attachment {
  name: string
  type: 'image/jpeg' | 'application/pdf'
  size: number
  sha256: string
  bytes: Buffer
}

/** Why a file is not kept, in words after its name. */
const faults: Record<PictureFault, string> = {
  'not-a-picture': 'это не JPEG, PNG, WebP и не PDF, либо файл повреждён',
  heic: 'снимок в формате HEIC. Сохраните его как JPEG: на iPhone это «Настройки», «Камера», «Форматы», «Наиболее совместимый»',
  'too-large': 'на снимке больше 50 миллионов точек. Снимите с меньшим качеством',
}

/**
 * Reads files by their content, whatever they are called; pictures are made anew, so nothing of the phone is left in them.
 * @returns what to keep, or what to tell the person about the first file that cannot be kept
 */
export async function readAttachments(files: readonly File[]): Promise<Attachment[] | string> {
  const kept: Attachment[] = []
  for (const file of files) {
    const upload = Buffer.from(await file.arrayBuffer())
    if (isPdf(upload)) {
      kept.push(attachment(cleanName(file.name, 'pdf'), 'application/pdf', upload))
      continue
    }
    const picture = await makePicture(upload)
    if (typeof picture === 'string') return `«${cleanLine(file.name).slice(0, 80)}»: ${faults[picture]}.`
    kept.push(attachment(cleanName(file.name, 'jpg'), 'image/jpeg', picture.bytes))
  }
  return kept
}

function isPdf(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 5) === '%PDF-'
}

function attachment(name: string, type: Attachment['type'], bytes: Buffer): Attachment {
  return { name, type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes }
}

const LONGEST_NAME = 80

/** The name without its folder, signs that mean something to a disk, and a foreign ending: «C:\\мои\\счёт.PNG» → «счёт.jpg». */
export function cleanName(name: string, ending: 'jpg' | 'pdf'): string {
  const [last = ''] = name.split(/[\\/]/).slice(-1)
  const stem = cleanLine(last)
    .replace(/["<>:|?*;%]/g, '')
    .replace(/\.[\p{L}\d]{1,5}$/u, '')
    .replace(/^[.\s]+/, '')
  return `${[...stem].slice(0, LONGEST_NAME).join('') || 'файл'}.${ending}`
}
