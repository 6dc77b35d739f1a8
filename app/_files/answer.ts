import { securityHeaders } from '@/lib/session/headers'

/** A file somebody attached: to be kept, never to be run; opened by a browser in spite of that, it can do nothing. */
export function attachmentResponse({
  name,
  type,
  bytes,
}: {
  name: string
  type: string
  bytes: Buffer
}): Response {
  const plain = name.replace(/[^\w. -]/g, '_')
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...Object.fromEntries(securityHeaders()),
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
