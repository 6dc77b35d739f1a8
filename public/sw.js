/**
 * The worker that opens the readings page without a network. It only reads the cache: what is in there a page puts
 * (app/personal/_phone/kept-page.ts), on the person's own device.
 */
const CACHE = 'readings-page-1'
const READINGS = '/personal/readings'
/** With one bar of signal an answer may never come. */
const PATIENCE_MS = 8_000

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => {
  event.waitUntil(begin())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/_next/static/')) event.respondWith(file(request))
  else if (request.mode === 'navigate') event.respondWith(page(event, url))
})

async function begin() {
  const others = (await caches.keys()).filter((name) => name !== CACHE)
  await Promise.all(others.map((name) => caches.delete(name)))
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

/** Files of a build never change under their name. */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request)
}

/** The network's answer; without one the readings page as it was kept, from wherever one wanted to go. */
async function page(event, url) {
  const kept = await caches.match(READINGS)
  const answer = answerOf(event)
  if (!kept) return answer
  const reading = url.pathname === READINGS
  try {
    return await (reading ? inTime(answer) : answer)
  } catch {
    return reading ? kept : Response.redirect(READINGS, 302)
  }
}

async function answerOf(event) {
  return (await event.preloadResponse) ?? fetch(event.request)
}

function inTime(answer) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS)
    answer.then(resolve, reject)
  })
}
