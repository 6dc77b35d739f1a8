import { and, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { auditLog, documentVersions } from '@/db/schema'
import { publishFirstVersions } from '@/lib/documents/commands'
import { textHash } from '@/lib/documents/hash'
import { currentDocument, currentDocuments, documentVersion, listVersions } from '@/lib/documents/queries'
import { agreement as agreementOf } from '@/lib/documents/texts/agreement'
import { settingsSchema } from '@/lib/settings/schema'
import { expect, test } from '../support/database'

const agreement = agreementOf(settingsSchema.parse({}).company)

/**
 * Runs in a transaction that leaves nothing behind. The table is append-only, so its rows cannot be taken away:
 * an empty temporary one of the same shape stands before it.
 */
async function withoutDocuments(work: (tx: Tx) => Promise<void>): Promise<void> {
  await undone(async (tx) => {
    await tx.execute(
      sql`create temporary table document_versions (like public.document_versions including all) on commit drop`,
    )
    await work(tx)
  })
}

async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
  const end = new Error('undone')
  const run = db().transaction(async (tx) => {
    await work(tx)
    throw end
  })
  await run.catch((error: unknown) => {
    if (error !== end) throw error
  })
}

function publish(tx: Tx, version: number, effectiveFrom = sql`now()`) {
  const body = `## Версия ${version}`
  const text = { kind: 'agreement', title: 'Соглашение', body, sha256: textHash(body) } as const
  return tx.insert(documentVersions).values({ ...text, version, effectiveFrom })
}

const publications = (tx: Tx) =>
  tx.$count(auditLog, and(eq(auditLog.action, 'document.published'), eq(auditLog.actorLogin, 'сервис')))

test('first versions are published once, each with its row in the journal', async () => {
  await withoutDocuments(async (tx) => {
    const before = await publications(tx)
    await publishFirstVersions(tx)
    const first = await currentDocuments(tx)
    await publishFirstVersions(tx)
    expect(await currentDocuments(tx)).toEqual(first)
    expect(await tx.$count(documentVersions)).toBe(3)
    expect(await publications(tx)).toBe(before + 3)
  })
})

test('processes starting at once publish one set', async () => {
  await Promise.all([1, 2, 3].map(() => db().transaction((tx) => publishFirstVersions(tx))))
  expect(await db().$count(documentVersions, eq(documentVersions.version, 1))).toBe(3)
})

for (const [act, change] of [
  ['changed', (tx: Tx) => tx.update(documentVersions).set({ body: 'другое' })],
  ['deleted', (tx: Tx) => tx.delete(documentVersions)],
] as const) {
  test(`what is published cannot be ${act}`, async () => {
    await undone(async (tx) => {
      await publishFirstVersions(tx)
      const refusal = await tx.transaction(change).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ cause: { message: 'document_versions is append-only' } })
    })
  })
}

test('what is stored is the text, with its own hash', async () => {
  await withoutDocuments(async (tx) => {
    await publishFirstVersions(tx)
    for (const document of Object.values(await currentDocuments(tx))) {
      expect(document.version).toBe(1)
      expect(document.sha256).toBe(textHash(document.body))
    }
    expect(await currentDocument('agreement', tx)).toMatchObject({ kind: 'agreement', ...agreement })
  })
})

test('the newest version is in force, the others stay readable', async () => {
  await withoutDocuments(async (tx) => {
    await publishFirstVersions(tx)
    await publish(tx, 2)
    await publishFirstVersions(tx)
    expect((await currentDocument('agreement', tx))?.version).toBe(2)
    expect((await currentDocuments(tx)).agreement.version).toBe(2)
    expect((await currentDocuments(tx)).consent.version).toBe(1)
    expect((await documentVersion('agreement', 1, tx))?.body).toBe(agreement.body)
    expect((await listVersions('agreement', tx)).map(({ version }) => version)).toEqual([2, 1])
    expect((await listVersions('privacy', tx)).map(({ version }) => version)).toEqual([1])
  })
})

test('a version of tomorrow is not shown today', async () => {
  await withoutDocuments(async (tx) => {
    await publishFirstVersions(tx)
    await publish(tx, 2, sql`now() + interval '1 day'`)
    expect((await currentDocument('agreement', tx))?.version).toBe(1)
    expect((await currentDocuments(tx)).agreement.version).toBe(1)
    expect(await documentVersion('agreement', 2, tx)).toBeUndefined()
    expect((await listVersions('agreement', tx)).map(({ version }) => version)).toEqual([1])
  })
})

test('nothing published: no document, and the set of all says so', async () => {
  await withoutDocuments(async (tx) => {
    expect(await currentDocument('privacy', tx)).toBeUndefined()
    await expect(currentDocuments(tx)).rejects.toThrow('not all are published')
  })
})
