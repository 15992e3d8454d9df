import type { useTranslation } from "react-i18next";
import type { TimeLimit } from "../../../shared/domain/catalogue/catalogue.ts";

type Translate = ReturnType<typeof useTranslation>["t"];

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
