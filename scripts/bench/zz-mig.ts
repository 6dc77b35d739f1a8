import { migrate } from '@/db/migrate'
await migrate(process.argv[2] ?? '')
