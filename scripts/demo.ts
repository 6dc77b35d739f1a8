import path from 'node:path'
import { loadDemo } from '../db/demo/load'
import { env } from '../lib/env'
import { demoFilePath } from './launcher/demo'
import { EXIT } from './launcher/exit'
import { savePrivately } from './launcher/keys'

const { DATABASE_URL: databaseUrl, PUBLIC_URL: publicUrl, DATA_DIR } = env()
const dataDir = path.resolve(DATA_DIR)
const demo = await loadDemo({ databaseUrl, dataDir, publicUrl })
if (demo) savePrivately(demoFilePath(dataDir), { ...demo, url: publicUrl, databaseUrl })
process.exit(demo ? 0 : EXIT.notTheDemo)
