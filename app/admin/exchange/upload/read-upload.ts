import type { UploadProblem } from '@/lib/exchange/schema'

const LIMIT = 64 * 1024 * 1024
/** Room for the form's own lines around the file. */
const WRAPPING = 64 * 1024

/** The file of a form, at most 64 MB: by the length the browser states and by what really comes. */
export async function readUpload(
  request: Request,
): Promise<{ fileName: string; bytes: Buffer } | UploadProblem> {
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT + WRAPPING) return 'too-big'
  const body = await readBody(request)
  if (!body) return 'too-big'
  const file = await fileIn(body, request.headers.get('content-type') ?? '')
  if (!file || (file.name === '' && file.size === 0)) return 'not-a-file'
  if (file.size > LIMIT) return 'too-big'
  return { fileName: file.name, bytes: Buffer.from(await file.arrayBuffer()) }
}

async function readBody(request: Request): Promise<Blob | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > LIMIT + WRAPPING) return undefined
    chunks.push(chunk)
  }
  return new Blob(chunks)
}

async function fileIn(body: Blob, contentType: string): Promise<File | undefined> {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
    const file = form.get('file')
    return file instanceof File ? file : undefined
  } catch {
    // Not a form, or one that breaks off.
    return undefined
  }
}
