import path from 'node:path'
import { restore } from './backup/dump'
import { EXIT, reportAndExit } from './launcher/exit'

/** `npm run restore -- file`: fills the empty database of DATABASE_URL. */
const [file] = process.argv.slice(2)
const databaseUrl = process.env.DATABASE_URL
if (!file || !databaseUrl) {
  console.error(
    'Which file, into which empty database? DATABASE_URL=postgres://… npm run restore -- kabinet.dump',
  )
  process.exit(2)
}
try {
  await restore(path.resolve(file), databaseUrl)
  console.log('Restored, brought to the newest shape and checked.')
} catch (error) {
  reportAndExit(error, EXIT.broken)
}
