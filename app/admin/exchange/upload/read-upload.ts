import { Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Busboy, { type BusboyFileStream } from '@fastify/busboy'
import { UPLOAD_LIMIT, type UploadProblem } from '@/lib/exchange/schema'

/** Room for the form's own lines around the file. */
const WRAPPING = 64 * 1024

/** A file of a form as it comes in, and the form's other fields, whole once the bytes have ended. */
export interface Upload {
  fileName: string
  bytes: AsyncIterable<Buffer>
  fields: ReadonlyMap<string, string>
}

/** The form did not come as it was sent, or holds no file that could be taken. */
export class UploadError extends Error {
  constructor(readonly problem: UploadProblem) {
    super(problem)
  }
}

/**
 * Hands the file of a form on while it comes in; nothing of it waits in memory. The bytes end only when the whole form
 * has come, as long as the browser said it would be; otherwise their iteration throws.
 * @throws UploadError
 */
export async function readUpload<T>(
  request: Request,
  take: (upload: Upload) => Promise<T>,
  limit = UPLOAD_LIMIT,
): Promise<T> {
  const stated = request.headers.get('content-length')
  if (Number(stated ?? 0) > limit + WRAPPING) throw new UploadError('too-big')
  const form = openForm(request.headers.get('content-type') ?? '')
  const fields = new Map<string, string>()
  form.on('field', (name, value) => void fields.set(name, value))
  const ending = new AbortController()
  const whole = pour(request, form, ending.signal, stated === null ? undefined : Number(stated))
  try {
    return await new Promise<T>((resolve, reject) => {
      let taken = false
      form.on('file', (name, stream, fileName) => {
        whole.catch((error) => stream.destroy(error))
        if (name !== 'file') return stream.resume()
        taken = true
        take({ fileName, bytes: bytesOf(stream, whole), fields }).then(resolve, reject)
      })
      whole.then(() => taken || reject(new UploadError('not-a-file')), reject)
    })
  } finally {
    ending.abort()
  }
}

function openForm(contentType: string) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: 1, fields: 20, fieldSize: 4_096 },
    })
  } catch {
    throw new UploadError('not-a-file')
  }
}

/** Lets the request run into the form. @throws UploadError when it breaks off, or is shorter than it said */
async function pour(
  request: Request,
  form: Writable,
  signal: AbortSignal,
  stated: number | undefined,
): Promise<void> {
  let come = 0
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      come += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.from(request.body ?? []), counter, form, { signal })
  } catch {
    throw new UploadError('truncated')
  }
  if (stated !== undefined && come !== stated) throw new UploadError('truncated')
}

async function* bytesOf(stream: BusboyFileStream, whole: Promise<void>): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    yield chunk
  }
  await whole
  if (stream.truncated || size !== stream.bytesRead) throw new UploadError('truncated')
}
