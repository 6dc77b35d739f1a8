'use server'

import { redirect } from 'next/navigation'
import { ok, Shown } from '@/lib/result'
import { staffAction } from '@/lib/session/action'
import { previewVersion, publishVersion } from './commands'
import { TEXT_LIMIT, versionForm } from './schema'

/** «Новая версия»: shows what would be published and carries the text on; «Опубликовать» does it. */
export const saveVersion = staffAction(
  'documents.publish',
  versionForm,
  async (form, staff) => {
    if (form.step === 'publish') {
      const published = await publishVersion(staff, form, new Date())
      if (published.status === 'ok')
        redirect(`/admin/documents?published=${form.kind}-${published.value.version}`)
      return published
    }
    const { step, title, effectiveOn } = form
    if (step === 'edit') return ok(new Shown({ step, title, effectiveOn, body: form.body }))
    const draft = await previewVersion(staff, form, new Date())
    return draft.status === 'ok' ? ok(new Shown({ step, ...draft.value })) : draft
  },
  { fresh: ({ step }) => step === 'publish', files: ['file'], longest: TEXT_LIMIT },
)
