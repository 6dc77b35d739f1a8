const steps: Array<() => Promise<void> | void> = []
let ending: Promise<never> | undefined

/**
 * Remembers what to undo at the end; the last one added is undone first.
 * @throws when the end has begun: nothing may be started any more.
 */
export function atShutdown(step: () => Promise<void> | void): void {
  if (ending) throw new Error('stopping')
  steps.push(step)
}

export function isShuttingDown(): boolean {
  return ending !== undefined
}

/** Undoes everything and exits; called again, it waits for the same end. */
export function shutdown(code: number): Promise<never> {
  ending ??= undo(code)
  return ending
}

async function undo(code: number): Promise<never> {
  for (const step of steps.reverse()) {
    try {
      await step()
    } catch (error) {
      console.error(error)
    }
  }
  process.exit(code)
}

/** Ctrl-C, a service manager's stop and a closed terminal all end the launcher in order. */
export function endOnSignals(code: number): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void shutdown(code))
  if (process.env.npm_lifecycle_event) endWithParent(code)
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
}

/** An npm that is killed outright passes no signal on. */
function endWithParent(code: number): void {
  const parent = process.ppid
  const look = () => {
    if (process.ppid !== parent) void shutdown(code)
  }
  setInterval(look, 1_000).unref()
}
