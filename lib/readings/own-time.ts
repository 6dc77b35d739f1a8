/**
 * Of values of an account, the latest first: those of its present holder's own time, and of each counter the last before them,
 * which their own use is counted from. What somebody else used tells nothing of them, and is nothing to them.
 */
export function withoutFormers<Value extends { meterId: number; register: number; own: boolean }>(
  latestFirst: readonly Value[],
): Value[] {
  const begun = new Set<string>()
  return latestFirst.filter(({ meterId, register, own }) => {
    const counter = `${meterId}/${register}`
    if (own) return true
    const isFirst = !begun.has(counter)
    begun.add(counter)
    return isFirst
  })
}
