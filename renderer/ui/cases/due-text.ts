import type { useTranslation } from "react-i18next";
import type { Case } from "../../../shared/domain/case/intake.ts";
import type { TimeLimit } from "../../../shared/domain/catalogue/catalogue.ts";

type Translate = ReturnType<typeof useTranslation>["t"];

/** The limit alone, for the column of a list, whose light says that the holidays are missing. @returns "" where there is nothing to show */
export const shortDue = ({ due, promisedLimit, legalLimit }: Case, t: Translate): string => {
  const day = due?.promised ?? due?.legal;
  if (day != null) return day;
  const limit = promisedLimit ?? legalLimit;
  if (limit == null || due?.unknownYear == null) return "";
  return t(limit.unit === "working" ? "cases:due.workingShort" : "cases:due.calendarShort", { n: limit.days });
};

/**
 * A due day in words; without the holidays of a year the limit itself and what the day waits for.
 * @param none what stands where there is no such limit
 */
export const dueText = (
  day: string | null | undefined,
  limit: TimeLimit | null | undefined,
  unknownYear: number | null | undefined,
  none: string,
  t: Translate,
): string => {
  if (day != null) return day;
  if (limit == null || unknownYear == null) return none;
  const params = { n: limit.days, year: unknownYear };
  return limit.unit === "working" ? t("cases:due.working", params) : t("cases:due.calendar", params);
};
