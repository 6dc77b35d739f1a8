import { writeChargesFile, writeCopyFile, LINES_OF_ACCOUNT } from './charges-file'
import { makeAccounts } from './scale'
import { withClient } from '../embedded/connect'
const url = process.argv[2] ?? ''
const rows = 1_000_000
await writeChargesFile('/tmp/wt-import-s/charges.csv', '01.2031', rows)
await writeCopyFile('/tmp/wt-import-s/copy.txt', '2031-01', rows)
await withClient(url, async (c) => { await makeAccounts(c, 1, rows / LINES_OF_ACCOUNT); await c.query('vacuum analyze accounts') })
