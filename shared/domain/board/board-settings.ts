import { z } from "zod";

const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM");

/** What the hall's boards show and how loud they speak. */
export const boardSettingsSchema = z.object({
  /** Boards that show a part of the hall, by the terminal's name as it was enrolled; all others show the whole hall. */
  boards: z
    .array(
      z.object({
        terminal: z.string().min(1).max(60),
        zones: z.array(z.string().min(1).max(20)).min(1).max(20),
      }),
    )
    .max(60)
    .default([]),
  /** Loudness from a time of day on, 0 (the screen alone) to 100 %; before the first time that of the last one holds. */
  volume: z
    .array(z.object({ from: clockSchema, percent: z.int().min(0).max(100) }))
    .max(24)
    .default([]),
});

export type BoardSettings = Readonly<z.infer<typeof boardSettingsSchema>>;

const FULL = 100;

/**
 * How loud a board speaks at a time of day, 0 to 100 %.
 * @param clock the hall's wall clock, `HH:MM`
 */
export const volumeAt = (settings: BoardSettings | undefined, clock: string): number => {
  const steps = [...(settings?.volume ?? [])].sort((left, right) => left.from.localeCompare(right.from));
  const now = steps.findLast(({ from }) => from <= clock) ?? steps.at(-1);
  return now?.percent ?? FULL;
};

/** The zones that a board shows, or null for the whole hall: a wrong or new name must never hide a call. */
export const zonesOf = (settings: BoardSettings | undefined, terminalName: string | null): readonly string[] | null => {
  const zones = (settings?.boards ?? [])
    .filter(({ terminal }) => terminal === terminalName)
    .flatMap((each) => each.zones);
  return zones.length === 0 ? null : zones;
};
