/** A calendar day of the hall, `YYYY-MM-DD`, in the hall's own time zone. */
export type Day = string;

const MINUTE = 60_000;
export const DAY_MS = 24 * 60 * MINUTE;

/**
 * The hall's calendar day at an instant.
 * @param ms instant, milliseconds since 1970 UTC
 * @param utcOffsetMinutes the hall's fixed offset (China: 480; the country has no daylight saving time)
 */
export const dayOf = (ms: number, utcOffsetMinutes: number): Day =>
  new Date(ms + utcOffsetMinutes * MINUTE).toISOString().slice(0, 10);

/** The day `count` days after `day` (negative: before). */
export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** The hall's wall clock at an instant as `HH:MM`. */
export const clockOf = (ms: number, utcOffsetMinutes: number): string =>
  new Date(ms + utcOffsetMinutes * MINUTE).toISOString().slice(11, 16);

/**
 * The instant of a wall-clock time of the hall.
 * @param clock `HH:MM`; `24:00` is the end of the day
 */
export const instantAt = (day: Day, clock: string, utcOffsetMinutes: number): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes - utcOffsetMinutes) * MINUTE;
};

/** The day of the week: 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();
