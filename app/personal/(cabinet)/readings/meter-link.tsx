import Link from 'next/link'

/** The way from a meter's card to its page. */
export function MeterLink({ meter: { id, title } }: { meter: { id: number; title: string } }) {
  return (
    <p>
      <Link
        href={`/personal/readings/meters/${id}`}
        prefetch={false}
        aria-label={`История и график: ${title}`}
        className="inline-flex min-h-11 items-center"
      >
        История и график
      </Link>
    </p>
  )
}
