import { sql } from 'drizzle-orm'
import { letters } from '@/db/schema'

/** Of a letter: that it was written and sent, and by which number, stays; to whom and what it said does not. */
export const withoutWords = {
  toEmail: '',
  payload: sql`${letters.payload} - '{login,holder,name,house,text,note,body,lines,linkId,address}'::text[]`,
}
