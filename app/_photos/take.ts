import { readUpload, UploadError } from '@/app/admin/exchange/upload/read-upload'
import { logProblem } from '@/lib/log'
import { PHOTO_LIMIT, type PhotoInput, type PhotoProblem, photoForm } from '@/lib/readings/photos-schema'
import type { Result } from '@/lib/result'
import { isOwnOrigin } from '@/lib/session/address'

/**
 * Takes the picture of a form: `file`, `meter`, `period`. Bounded while it comes in. What went wrong, or undefined;
 * `input` is what the form named.
 */
export async function takePhoto(
  request: Request,
  keep: (input: PhotoInput, bytes: Buffer) => Promise<Result<undefined, PhotoProblem>>,
): Promise<PhotoProblem | undefined> {
  if (!isOwnOrigin(request.headers)) return 'origin'
  try {
    return await readUpload(
      request,
      async ({ bytes, fields }) => {
        const whole = await gather(bytes)
        if (whole.length === 0) return 'not-a-file'
        const input = photoForm.safeParse(Object.fromEntries(fields))
        if (!input.success) return 'absent'
        const result = await keep(input.data, whole)
        if (result.status === 'ok') return undefined
        return result.status === 'refused' ? result.code : 'failure'
      },
      PHOTO_LIMIT,
    )
  } catch (error) {
    if (error instanceof UploadError) return known(error.problem)
    logProblem('a picture was not kept', error)
    return 'failure'
  }
}

async function gather(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  for await (const part of parts) {
    size += part.length
    if (size > PHOTO_LIMIT) throw new UploadError('too-big')
    kept.push(part)
  }
  return Buffer.concat(kept)
}

function known(problem: UploadError['problem']): PhotoProblem {
  return problem === 'too-big' || problem === 'truncated' || problem === 'not-a-file' ? problem : 'failure'
}
