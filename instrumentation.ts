/** Starts the worker with the server. Compiled for the edge too, hence the runtime check before any Node code. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startWorker } = await import('./lib/worker/run')
  startWorker()
}
