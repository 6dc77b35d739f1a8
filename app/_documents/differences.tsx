import type { Change, Piece } from '@/lib/documents/changes'

/** What changed between two versions, place by place: «Было» and «Стало», with the words that differ marked. */
export function Differences({ changes, more }: { changes: Change[]; more: number }) {
  if (changes.length === 0) return <p className="text-soft">Текст прежний, отличается только название.</p>
  return (
    <>
      <ol className="grid gap-4">
        {changes.map((change, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
          <li key={place} className="grid gap-1.5 border-l-3 border-line pl-4">
            {change.place ? <p className="text-[0.9em] font-semibold">{change.place}</p> : null}
            <Wording pieces={change.was} sign="−" word={change.is.length ? 'Было' : 'Убрано'} gone />
            <Wording pieces={change.is} sign="+" word={change.was.length ? 'Стало' : 'Добавлено'} />
          </li>
        ))}
      </ol>
      {more > 0 ? <p className="text-soft">Показаны не все отличия, есть ещё {more}.</p> : null}
    </>
  )
}

function Wording({
  pieces,
  sign,
  word,
  gone = false,
}: {
  pieces: Piece[]
  sign: string
  word: string
  gone?: boolean
}) {
  if (pieces.length === 0) return null
  const Mark = gone ? 'del' : 'ins'
  return (
    <p className={`max-w-[44rem] [overflow-wrap:anywhere] ${gone ? 'text-soft' : ''}`}>
      <span className={`font-semibold ${gone ? 'text-bad' : 'text-good'}`}>
        {sign} {word}:{' '}
      </span>
      {pieces.map(({ text, changed }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <span key={place}>
          {place > 0 ? ' ' : ''}
          {changed ? (
            <Mark
              className={
                gone ? 'decoration-bad' : 'font-semibold decoration-good decoration-2 underline-offset-4'
              }
            >
              {text}
            </Mark>
          ) : (
            text
          )}
        </span>
      ))}
    </p>
  )
}
