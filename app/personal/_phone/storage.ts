/** Where sendings lie (`store.ts`), and by whom some are not taken yet. */
export const SENDINGS = 'phone-sendings'
export const UNSENT = 'phone-unsent'
/** Where drafts lie, by owner (`draft.ts`). */
export const DRAFT = 'phone-draft:'

/** The storage of this browser that outlives a tab; undefined where it is forbidden. */
export function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** The stored text of all sendings: differs as soon as anything about them does. */
export function sendingsText(): string {
  return storage()?.getItem(SENDINGS) ?? ''
}

/** Whether readings of that person lie here that the service has not taken. */
export function hasUnsent(owner: string): boolean {
  return storage()?.getItem(UNSENT)?.includes(owner) ?? false
}

const listeners = new Set<() => void>()

/** Calls back whenever the sendings change, in this tab or another. @returns how to stop it */
export function watchSendings(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** Tells this tab that the sendings have changed; the others are told by the browser. */
export function tellWatchers(): void {
  for (const listener of listeners) listener()
}
