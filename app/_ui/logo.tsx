/** The sign of the service: a house with a drop in it. */
export function Logo() {
  return (
    <svg viewBox="0 0 34 34" className="size-[34px] shrink-0" aria-hidden="true">
      <rect width="34" height="34" rx="8" className="fill-water" />
      <path
        d="M7 16.5 17 8l10 8.5V26a1.5 1.5 0 0 1-1.5 1.5h-17A1.5 1.5 0 0 1 7 26Z"
        className="fill-none stroke-on-water"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
      <path
        d="M17 14.5c2.6 3 3.6 4.6 3.6 6.2a3.6 3.6 0 0 1-7.2 0c0-1.6 1-3.2 3.6-6.2Z"
        className="fill-on-water"
      />
    </svg>
  )
}
