/** The first pages come before it: it holds the process up for a moment. */
const PREPARE_AFTER = 2_000

/** Starts the worker with the server. Compiled for the edge too, hence the runtime check before any Node code. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startWorker } = await import('./lib/worker/run')
  startWorker()
  setTimeout(() => void prepare(), PREPARE_AFTER).unref()
}

/** What the first bill of a process would have to wait for. */
async function prepare(): Promise<void> {
  const [{ prepareSheets }, { logProblem }] = await Promise.all([
    import('./lib/ledger/bill-sheet'),
    import('./lib/log'),
  ])
  await prepareSheets().catch((error: unknown) => logProblem('bills not prepared', error))
}
