import { makePicture } from '@/lib/files/picture'
import { isPdf } from './rules'

/** A scan as it is kept: a picture made anew, or the PDF as it came. */
export interface Scan {
  bytes: Buffer
  type: 'image/jpeg' | 'application/pdf'
}

/** Reads a scan by its content; undefined for what is neither a picture nor a PDF. */
export async function readScan(file: File): Promise<Scan | undefined> {
  const bytes = Buffer.from(await file.arrayBuffer())
  if (isPdf(bytes)) return { bytes, type: 'application/pdf' }
  const picture = await makePicture(bytes)
  return typeof picture === 'string' ? undefined : { bytes: picture.bytes, type: 'image/jpeg' }
}
