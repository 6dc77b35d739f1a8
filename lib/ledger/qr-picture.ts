import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { ok, type Result, refused } from '@/lib/result'

/** Why no code came out of a picture. */
export type PictureProblem = 'not-a-picture' | 'too-large' | 'no-code' | 'busy'

/** More than phones take by themselves; about 200 MB while it is looked at. */
const MOST_PIXELS = 50_000_000
const MOST_AT_ONCE = 2
const WITHIN_MS = 10_000

let running = 0

/**
 * The bytes of the QR code on a PNG or JPEG. Looked at in a thread of its own, in memory only, for at most 10 seconds
 * and at most two at once; pictures of over 50 million pixels are not opened.
 */
export async function codeOnPicture(picture: Uint8Array): Promise<Result<Uint8Array, PictureProblem>> {
  const size = sizeOf(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength))
  if (!size) return refused('not-a-picture', 'Это не картинка PNG или JPEG.')
  if (size.width * size.height > MOST_PIXELS) return refused('too-large', 'Картинка слишком большая.')
  if (running >= MOST_AT_ONCE) return refused('busy', 'Сейчас читаются другие картинки.')
  running += 1
  try {
    const found = await read(picture)
    return found ? ok(found) : refused('no-code', 'На картинке не видно QR-кода.')
  } finally {
    running -= 1
  }
}

/** Width and height from the head of a PNG or a JPEG; undefined for anything else. */
function sizeOf(bytes: Buffer): { width: number; height: number } | undefined {
  if (
    bytes.length > 24 &&
    bytes.readUInt32BE(0) === 0x89504e47 &&
    bytes.toString('latin1', 12, 16) === 'IHDR'
  )
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    // Start of frame, whichever the coding; C4, C8 and CC are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
  }
  return undefined
}

const answer = z.instanceof(Uint8Array).nullable()
// By their place on the disk: they are started and read, not bundled.
const WORKER = path.join(process.cwd(), 'lib/ledger/qr-picture-worker.mjs')
const READER = path.join(process.cwd(), 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')

/** The code's bytes, or null: none, a picture that cannot be opened, or one that takes too long. */
async function read(picture: Uint8Array): Promise<Uint8Array | null> {
  const worker = new Worker(/* turbopackIgnore: true */ WORKER, {
    workerData: { reader: READER, picture },
    env: {},
    stdout: true,
    stderr: true,
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve) => {
      timer = setTimeout(() => resolve(null), WITHIN_MS)
      worker.once('message', (found) => resolve(answer.parse(found)))
      worker.once('error', () => resolve(null))
      worker.once('exit', () => resolve(null))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
