import { ping } from '@/db/client'
import { logProblem } from '@/lib/log'

/** 200 while the database answers, 503 otherwise. */
export async function GET(): Promise<Response> {
  try {
    await ping()
    return Response.json({ status: 'ok' })
  } catch (error) {
    logProblem('health: the database does not answer', error)
    return Response.json({ status: 'database unavailable' }, { status: 503 })
  }
}
