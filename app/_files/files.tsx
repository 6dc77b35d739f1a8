/** A kept file as its link names it; `size` in bytes. */
interface Named {
  id: string
  name: string
  type: string
  size: number
}

/** Files of a message: pictures small, all of them as downloads from `folder`. */
export function Files({ files, folder }: { files: readonly Named[]; folder: string }) {
  if (files.length === 0) return null
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-2" aria-label="Файлы">
      {files.map(({ id, name, type, size }) => (
        <li key={id} className="min-w-0">
          <a
            href={`${folder}/${id}`}
            download
            className="inline-flex min-h-11 max-w-full flex-col justify-center break-words"
          >
            {type === 'image/jpeg' ? (
              <img
                src={`${folder}/${id}`}
                alt=""
                loading="lazy"
                className="mb-1 h-28 w-auto self-start rounded-control border border-line"
              />
            ) : null}
            <span>
              {name} <span className="whitespace-nowrap text-soft">{sizeWords(size)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))}\u00a0КБ`
  return `${(bytes / 1_000_000).toFixed(1).replace('.', ',')}\u00a0МБ`
}
