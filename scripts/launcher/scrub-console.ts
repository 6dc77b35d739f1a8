import { logProblem } from '../../lib/log'

/**
 * Sends the errors that libraries print to the log, in its shape. Printed whole, as the framework does with a page that
 * failed, a query's error shows its parameters: people's names, e-mails, addresses.
 */
export function scrubConsole(): void {
  const print = console.error
  console.error = (...parts: unknown[]) => {
    const error = parts.find((part) => part instanceof Error)
    if (error) logProblem('printed error', error)
    else print(...parts)
  }
}
