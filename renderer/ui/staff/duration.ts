const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** A running time as `03:27`, from an hour on `1:03:27`; never negative. */
export const formatTimer = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${String(hours)}:${rest}`;
};

/** The words for a length of time: a locale key and its values. */
export interface DurationText {
  readonly key:
    "staff:duration.seconds" | "staff:duration.minutes" | "staff:duration.hours" | "staff:duration.underMinute";
  readonly params: Readonly<Record<string, number>>;
}

/**
 * How long somebody has waited or something has rested, as coarse as people say it.
 * @param fine also counts the seconds below a minute
 */
export const durationText = (ms: number, fine = false): DurationText => {
  const whole = Math.max(0, ms);
  if (whole < MINUTE)
    return fine
      ? { key: "staff:duration.seconds", params: { seconds: Math.floor(whole / SECOND) } }
      : { key: "staff:duration.underMinute", params: {} };
  const minutes = Math.floor(whole / MINUTE);
  if (whole < HOUR) return { key: "staff:duration.minutes", params: { minutes } };
  return { key: "staff:duration.hours", params: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } };
};
