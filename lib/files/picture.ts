import sharp from 'sharp'

/** Longest side of a kept picture, pixels. */
const LONGEST = 1_600
/** A bomb is small as a file and huge as a picture. */
const MOST_PIXELS = 50_000_000
const PATIENCE_SECONDS = 10

// Files come from anybody: of all the formats libvips reads, these three only.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)
sharp.concurrency(1)

/** A picture made anew: JPEG, upright, with nothing of the phone's in it. */
export interface Picture {
  bytes: Buffer
  width: number
  height: number
}
/** Why a file makes no picture. */
export type PictureFault = 'not-a-picture' | 'heic' | 'too-large'

/** Reads an upload by its content and makes the picture anew; one at a time, for decoding costs memory. */
export function makePicture(upload: Buffer): Promise<Picture | PictureFault> {
  const made = turn.then(() => make(upload))
  turn = made.catch(() => undefined)
  return made
}

let turn: Promise<unknown> = Promise.resolve()

async function make(upload: Buffer): Promise<Picture | PictureFault> {
  const kind = kindOf(upload)
  if (kind !== 'known') return kind
  try {
    const image = sharp(upload, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    const { data, info } = await image
      .rotate()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .timeout({ seconds: PATIENCE_SECONDS })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height }
  } catch (error) {
    return error instanceof Error && /pixel limit/.test(error.message) ? 'too-large' : 'not-a-picture'
  }
}

/** What a file is by its first bytes, whatever it is called. */
function kindOf(bytes: Buffer): 'known' | 'heic' | 'not-a-picture' {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (text(0, 3) === '\xff\xd8\xff' || text(0, 8) === '\x89PNG\r\n\x1a\n') return 'known'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'known'
  const brand = text(4, 8) === 'ftyp' ? text(8, 12) : ''
  return /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1)$/.test(brand) ? 'heic' : 'not-a-picture'
}
