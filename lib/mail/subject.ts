import { env } from '@/lib/env'
import { currentSettings } from '@/lib/settings/queries'
import { templates } from './templates'

/** What a stored letter is called in its mailbox; the kind's own name for one no template can write any more. */
export async function subjectOf(kind: string, payload: unknown): Promise<string> {
  const template = Object.entries(templates).find(([name]) => name === kind)?.[1]
  if (!template) return kind
  const context = { company: (await currentSettings()).company, publicUrl: env().PUBLIC_URL }
  try {
    return template.write(payload, context).subject
  } catch {
    return kind
  }
}
