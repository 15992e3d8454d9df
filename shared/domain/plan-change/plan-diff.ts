import { IDLE_LOCK_MINUTES, type HallPlan } from "../hall/plan.ts";
import { kioskSettingsOf } from "../kiosk/kiosk-settings.ts";
import type { Hours, Span } from "../hours/hours.ts";

/** One thing that differs between two plans. `path` from the plan, e.g. `settings.creditMinutes.green`; "" for what is not there. */
export interface PlanDifference {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Spans of a day as people write them; "": closed. */
export const spansText = (spans: readonly Span[]): string => spans.map(({ from, to }) => `${from}-${to}`).join(", ");

const isHours = (value: object): value is Hours => "week" in value && "days" in value && Array.isArray(value.days);

/** Hours as a few leaves that read like hours, not like lists of objects. */
const hoursLeaves = ({ week, days, followHolidays, lastTicketMinutes }: Hours): object => ({
  week: Object.fromEntries(Object.entries(week).map(([name, spans]) => [name, spansText(spans) || "–"])),
  days: Object.fromEntries(days.map(({ day, spans, note }) => [day, `${spansText(spans) || "–"} ${note}`.trim()])),
  ...{ followHolidays, lastTicketMinutes },
});

const leavesOf = (value: unknown, path: string, found: Map<string, string>): void => {
  if (value === undefined) return;
  if (typeof value !== "object" || value === null) {
    found.set(path, typeof value === "string" ? value : JSON.stringify(value));
    return;
  }
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  // Codes are nobody's to read: how many there are is.
  if (path.endsWith("greenCodes")) found.set(path, String((value as readonly unknown[]).length));
  else if (isHours(value)) leavesOf(hoursLeaves(value), path, found);
  else if (Array.isArray(value))
    value.forEach((each: unknown, index) => {
      const { id } = (typeof each === "object" && each !== null ? each : {}) as { id?: unknown };
      leavesOf(each, at(typeof id === "string" ? id : String(index + 1)), found);
    });
  else for (const [key, each] of Object.entries(value)) leavesOf(each, at(key), found);
};

/** A plan that leaves a part out has its defaults, and differs in nothing from one that writes them down. */
const written = (plan: HallPlan): HallPlan => ({
  ...plan,
  settings: {
    ...plan.settings,
    idleLockMinutes: plan.settings.idleLockMinutes ?? IDLE_LOCK_MINUTES,
    secondFactor: plan.settings.secondFactor ?? "off",
    kiosk: kioskSettingsOf(plan),
  },
});

/** What differs between two plans, in the order of the newer one. */
export const planDifferences = (before: HallPlan, after: HallPlan): readonly PlanDifference[] => {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  leavesOf(written(before), "", old);
  leavesOf(written(after), "", now);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }))
    .filter((each) => each.before !== each.after);
};
