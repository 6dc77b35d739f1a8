import { spawn } from 'node:child_process'
import { scriptArgs } from '../launcher/children'
import { MEMORY } from '../launcher/exchange'
import { loadKeys } from '../launcher/keys'
const [url = '', file = '', ...extra] = process.argv.slice(2)
const child = spawn(process.execPath, [...MEMORY, ...extra, ...scriptArgs('scripts/bench/zz-child.ts'), file], {
  env: { ...process.env, ...loadKeys('/tmp/wt-import-data', { NODE_ENV: 'production' }), DATABASE_URL: url, PUBLIC_URL: 'http://localhost:3101', LOG_LEVEL: 'error' },
  stdio: 'inherit',
})
child.on('exit', (code) => { const u = process.resourceUsage(); process.exit(code ?? 1) })
