import { securityHeaders } from '@/lib/session/headers'

/** A file to be kept: its bytes go out as they are made, and their making ends when nobody takes them any more. */
export function fileResponse(file: {
  name: string
  contentType: string
  bytes: AsyncGenerator<Uint8Array>
}): Response {
  const { name, contentType, bytes } = file
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await bytes.return(undefined)
    },
  })
  const plain = name.replace(/[^\w. -]/g, '_')
  const headers = {
    ...Object.fromEntries(securityHeaders()),
    'content-type': contentType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  }
  return new Response(body, { headers })
}

/** Sends the browser on after a form. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
