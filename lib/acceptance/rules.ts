type Due = readonly { kind: 'agreement' | 'consent'; document: { version: number } }[]

/** What a page of documents shows, in the words its form carries. */
export function seenWords(due: Due): string {
  return due.map(({ kind, document }) => `${kind}-${document.version}`).join(' ')
}

/**
 * Whether the page asks by ticks. The agreement alone is accepted by its button; the consent is always an act of its own
 * (152-ФЗ art. 9), and then each document has its tick.
 */
export function hasTicks(due: Due): boolean {
  return due.some(({ kind }) => kind === 'consent')
}

/** Field → message for ticks that must stand and do not; undefined when all do. */
export function tickProblems(
  due: Due,
  ticks: { agreement?: string | undefined; consent?: string | undefined },
): Record<string, string> | undefined {
  if (!hasTicks(due)) return undefined
  const missing = due
    .filter(({ kind }) => !ticks[kind])
    .map(({ kind }) => [kind, 'Без этой отметки продолжить нельзя'])
  return missing.length > 0 ? Object.fromEntries(missing) : undefined
}
