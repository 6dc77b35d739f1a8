import { migrate } from '../db/migrate'

const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) {
  console.error('DATABASE_URL is not set: which database?')
  process.exit(1)
}
await migrate(databaseUrl)
console.log('The database has the newest shape.')
