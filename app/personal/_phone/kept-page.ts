import { DRAFT, storage } from './storage'

/** Name of the cache; `public/sw.js` reads it. */
const CACHE = 'readings-page-1'
const READINGS = '/personal/readings'
const OWNER = 'phone-owner'
/** Files of builds gone by pile up: then the cache is begun anew. */
const MOST = 150

/**
 * Makes the phone that person's: of anybody else's page and drafts nothing stays. Undefined, on «Чужой компьютер»,
 * leaves nothing at all, not even the worker.
 */
export async function takeOver(owner: string | undefined): Promise<void> {
  if (!owner || storage()?.getItem(OWNER) !== owner) await forgetPage()
  if (owner) storage()?.setItem(OWNER, owner)
  if (!('serviceWorker' in navigator)) return
  if (owner) await navigator.serviceWorker.register('/sw.js', { scope: '/personal' })
  else await (await navigator.serviceWorker.getRegistration('/personal'))?.unregister()
}

/** Removes the kept page and drafts, whosever they are. Sendings stay: only their owner is shown them. */
export async function forgetPage(): Promise<void> {
  const local = storage()
  if (local)
    for (const key of Object.keys(local)) if (key === OWNER || key.startsWith(DRAFT)) local.removeItem(key)
  if ('caches' in window) await caches.delete(CACHE)
}

/** Whose phone it is now. */
export function phoneOwnerHere(): string | undefined {
  return storage()?.getItem(OWNER) ?? undefined
}

/**
 * Keeps the readings page as it is now, with the files it needs; it says itself that it is kept. From another page only when
 * it is kept already, and never when somebody else has signed in meanwhile.
 */
export async function keepPage(owner: string): Promise<void> {
  if (!('caches' in window)) return
  if ((await (await caches.open(CACHE)).keys()).length > MOST) await caches.delete(CACHE)
  const cache = await caches.open(CACHE)
  if (location.pathname !== READINGS && !(await cache.match(READINGS))) return
  const answer = await fetch(READINGS)
  const text = await answer.text()
  if (!answer.ok || answer.redirected || !text.includes(owner)) return
  const files = new Set([...(text.match(/\/_next\/static\/[\w./~-]+/g) ?? []), ...filesHere()])
  for (const file of files) if (!(await cache.match(file))) await cache.add(file)
  const marked = text.replace('<html ', `<html data-kept="${new Date().toISOString()}" `)
  await cache.put(READINGS, new Response(marked, { headers: answer.headers }))
}

/** What this page has loaded: typefaces are named nowhere else. */
function filesHere(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith('/_next/static/'))
}
