import { Notice } from '@/app/_ui/box'
import type { CopyOfAddress } from '@/lib/privacy/schema'

/** The way to the file; a plain link, for the answer is a file and not a page. */
export function CopyReady({ of: { copy, understood } }: { of: CopyOfAddress }) {
  return (
    <Notice tone="good" role="status" title="Копия готова">
      <p>Ссылка действует 5 минут, потом снова спросим пароль.</p>
      <p className="mt-2">
        <a
          href={`/personal/profile/data/copy/${copy}${understood ? '?understood=1' : ''}`}
          className="button button-main"
        >
          {`Скачать ${copy.toUpperCase()}`}
        </a>
      </p>
    </Notice>
  )
}
