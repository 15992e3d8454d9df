import { clockOf, dayOf } from "../../../shared/basics/time.ts";
import type { PublicLanguage } from "./settings.tsx";

/** Arabic screens keep the digits of the tickets, the counters' signs and the board. */
const LATIN_DIGITS = "-u-nu-latn";

const inOwnWay = (language: PublicLanguage): boolean => language !== "zh-CN" && language !== "en";

/** The day as a person of that language writes it; Chinese and English keep the house's `2026-11-22`. */
export const dateOf = (ms: number, utcOffsetMinutes: number, language: PublicLanguage): string =>
  inOwnWay(language)
    ? new Intl.DateTimeFormat(language + LATIN_DIGITS, {
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        timeZone: "UTC",
      }).format(ms + utcOffsetMinutes * 60_000)
    : dayOf(ms, utcOffsetMinutes);

/** Date and time as public screens write them, in the hall's own time zone: `2026-11-22 14:05`, `22.11.2026 14:05`. */
export const dateTimeOf = (ms: number, utcOffsetMinutes: number, language: PublicLanguage): string =>
  `${dateOf(ms, utcOffsetMinutes, language)} ${clockOf(ms, utcOffsetMinutes)}`;
