/** How one year departs from the ordinary Monday–Friday week; days are `MM-DD`. */
export interface CalendarYear {
  /** Mondays to Fridays nobody works: holidays and days off moved there. */
  daysOff: readonly string[]
  /** Saturdays and Sundays that are worked. */
  workingWeekends: readonly string[]
}

// The official production calendar of Russia (article 112 of the Labour Code and the yearly decree of the
// government on moved days off), as published by the xmlcalendar project.
// To be confirmed against the decree before it is relied on: 2027.
export const productionCalendar: ReadonlyMap<number, CalendarYear> = new Map([
  [
    2024,
    {
      daysOff: days(
        '01-01 01-02 01-03 01-04 01-05 01-08 02-23 03-08 04-29 04-30 05-01 05-09 05-10 06-12 11-04 12-30 12-31',
      ),
      workingWeekends: days('04-27 11-02 12-28'),
    },
  ],
  [
    2025,
    {
      daysOff: days(
        '01-01 01-02 01-03 01-06 01-07 01-08 05-01 05-02 05-08 05-09 06-12 06-13 11-03 11-04 12-31',
      ),
      workingWeekends: days('11-01'),
    },
  ],
  [
    2026,
    {
      daysOff: days('01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04 12-31'),
      workingWeekends: days(''),
    },
  ],
  [
    2027,
    {
      daysOff: days(
        '01-01 01-04 01-05 01-06 01-07 01-08 02-22 02-23 03-08 05-03 05-10 06-14 11-04 11-05 12-31',
      ),
      workingWeekends: days('02-20'),
    },
  ],
])

declare global {
  /** Calendars of this process that the settings name; one set for all parts of the server, like the pool. */
  var kabinetCalendars: ReadonlyMap<number, CalendarYear> | undefined
}

/** Lets these years count, by `YYYY`, before those the service came with; others named before count no more. */
export function takeCalendars(years: Readonly<Record<string, CalendarYear>>): void {
  globalThis.kabinetCalendars = new Map(Object.entries(years).map(([year, days]) => [Number(year), days]))
}

/** The calendar of a year; undefined when it is not known. */
export function calendarOf(year: number): CalendarYear | undefined {
  return globalThis.kabinetCalendars?.get(year) ?? productionCalendar.get(year)
}

function days(list: string): string[] {
  return list.split(' ').filter(Boolean)
}
