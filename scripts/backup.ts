import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { backUp } from './backup/dump'
import { databaseOfService } from './backup/source'
import { EXIT, reportAndExit } from './launcher/exit'

/** `npm run backup [-- file] [--no-check]`: one file with everything but the keys. */
const given = process.argv.slice(2)
try {
  const { databaseUrl, dataDir } = databaseOfService()
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const [named] = given.filter((one) => !one.startsWith('--'))
  const file = path.resolve(named ?? path.join(dataDir, 'backups', `kabinet-${stamp}.dump`))
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const check = !given.includes('--no-check')
  await backUp(databaseUrl, file, { check })
  const size = (statSync(file).size / 1_000_000).toFixed(1)
  console.log(`${file}: ${size} MB${check ? ', restored beside and checked' : ', not checked'}`)
  console.log('The keys (AUTH_SECRET, PASSPORT_KEY, INDEX_KEY, LINK_KEY) are not in it: keep them elsewhere.')
} catch (error) {
  reportAndExit(error, EXIT.broken)
}
