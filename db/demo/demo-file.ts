import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const credentials = z.object({ login: z.string(), password: z.string() })

/** `totpSecret`: what an authenticator would hold, in base32. */
const staffCredentials = credentials.extend({ totpSecret: z.string() })

const applicant = z.object({
  accountNumber: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  patronymic: z.string(),
  registrationAddress: z.string(),
  postalAddress: z.string(),
  passport: z.string(),
  passportIssuedBy: z.string(),
  /** `YYYY-MM-DD` */
  passportIssuedOn: z.string(),
  email: z.string(),
  phone: z.string(),
})
/** Somebody of the demo who has no access yet: what they would type into the request. */
export type Applicant = z.infer<typeof applicant>

const demoFile = z.object({
  url: z.string(),
  databaseUrl: z.string(),
  /** Has every role but the auditor's. */
  staff: staffCredentials,
  /** Sees the work of others and changes nothing. */
  auditor: staffCredentials,
  /** `account` is the first of the person's two. */
  subscriber: credentials.extend({ account: z.string() }),
  applicant,
  /** Full paths, in the order they were loaded. */
  billingFiles: z.array(z.string()),
})
/** How to try the demo: the contents of `demo.json`. */
export type DemoFile = z.infer<typeof demoFile>

/** What an earlier start wrote; undefined when there is nothing or it cannot be read. */
export function readDemoFile(dataDir: string): DemoFile | undefined {
  const file = path.join(dataDir, 'demo.json')
  if (!existsSync(file)) return undefined
  try {
    return demoFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
