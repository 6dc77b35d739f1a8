import { securityHeaders } from '@/lib/session/headers'

const common = () => Object.fromEntries(securityHeaders())

/** A picture for the eyes of who asked; kept by no browser. */
export function pictureResponse(bytes: Buffer): Response {
  const headers = {
    ...common(),
    'content-type': 'image/jpeg',
    'content-disposition': 'inline; filename="meter.jpg"',
    'content-security-policy': "default-src 'none'",
  }
  return new Response(new Uint8Array(bytes), { headers })
}

/** Leads on by GET. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { ...common(), location } })
}
