import { IDLE_LOCK_MINUTES, type HallPlan } from "../../../../shared/domain/hall/plan.ts";
import type { Hours, Span } from "../../../../shared/domain/hours/hours.ts";
import { greenCodeDigest } from "../../../../shared/domain/kiosk/green-code.ts";
import { kioskSettingsOf } from "../../../../shared/domain/kiosk/kiosk-settings.ts";
import type { SecondFactorRule } from "../../../../shared/domain/identity/second-factor.ts";
import type { PlanChange } from "../../../../shared/domain/plan-change/plan-change.ts";
import { spansText } from "../../../../shared/domain/plan-change/plan-diff.ts";
import { coverageDraftOf, readCoverage, type CoverageDraft } from "./coverage-draft.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** Numbers that can be set, with what is allowed (the plan's schema says the same). */
export const numberFields = {
  creditMinutes: { green: [0, 120], appointment: [0, 120], priority: [0, 120], pickup: [0, 120] },
  waitLimitMinutes: { warn: [1, 480], alarm: [1, 480] },
  appointments: {
    daysAhead: [0, 30],
    slotMinutes: [5, 240],
    closeMinutes: [0, 1440],
    earlyMinutes: [0, 480],
    lateMinutes: [0, 480],
    noShowLimit: [0, 20],
    noShowWithinDays: [1, 90],
    barredDays: [1, 180],
  },
} as const;
export type NumberGroup = keyof typeof numberFields;
export const QUOTA = [0, 200] as const;
export const LAST_TICKET = [0, 240] as const;
/** A clerk's screen always locks itself at some time (decision 0082): there is no "never". */
export const IDLE_LOCK = [1, 120] as const;

export interface HoursDraft {
  readonly week: Readonly<Record<Weekday, string>>;
  readonly followHolidays: boolean;
  readonly lastTicketMinutes: string;
  readonly days: readonly { readonly day: string; readonly spans: string; readonly note: string }[];
}

/** The settings as they are typed. `hours`: of "hall" and of each business; null: always open, or as the hall. */
export interface PlanDraft {
  readonly numbers: Readonly<Record<NumberGroup, Readonly<Record<string, string>>>>;
  readonly quotas: Readonly<Record<string, string>>;
  readonly hours: Readonly<Record<string, HoursDraft | null>>;
  readonly coverage: CoverageDraft;
  readonly idleLockMinutes: string;
  readonly secondFactor: SecondFactorRule;
  readonly newCodes: readonly string[];
  readonly removedCodes: readonly string[];
}

const hoursDraftOf = (hours: Hours | null): HoursDraft | null =>
  hours === null
    ? null
    : {
        week: Object.fromEntries(weekdays.map((name) => [name, spansText(hours.week[name])])) as HoursDraft["week"],
        followHolidays: hours.followHolidays,
        lastTicketMinutes: String(hours.lastTicketMinutes),
        days: hours.days.map(({ day, spans, note }) => ({ day, spans: spansText(spans), note })),
      };

const OFFICE = "09:00-12:00, 13:30-17:00";
/** Where a hall without hours begins when it gets some. */
export const officeHours: HoursDraft = {
  week: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: "", sun: "" },
  followHolidays: true,
  lastTicketMinutes: "0",
  days: [],
};

const asTexts = (values: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/** The settings in force, to be edited. */
export const planDraftOf = ({ settings, businesses, hours }: HallPlan): PlanDraft => ({
  numbers: {
    creditMinutes: asTexts(settings.creditMinutes),
    waitLimitMinutes: asTexts(settings.waitLimitMinutes),
    appointments: asTexts(settings.appointments),
  },
  quotas: Object.fromEntries(businesses.map(({ id, appointmentsPerSlot }) => [id, String(appointmentsPerSlot)])),
  hours: {
    hall: hoursDraftOf(hours),
    ...Object.fromEntries(businesses.map((business) => [business.id, hoursDraftOf(business.hours)])),
  },
  coverage: coverageDraftOf(settings.coverage),
  idleLockMinutes: String(settings.idleLockMinutes ?? IDLE_LOCK_MINUTES),
  secondFactor: settings.secondFactor ?? "off",
  newCodes: [],
  removedCodes: [],
});

const isDay = (typed: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(`${typed}T00:00:00Z`));

const SPAN = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;

/** Spans as people type them, full-width signs and all; null: not understood. Nothing typed: closed. */
export const readSpans = (typed: string): readonly Span[] | null => {
  const plain = typed
    .normalize("NFKC")
    .replaceAll(/\s*[-–—~〜至]\s*/g, "-")
    .trim();
  const spans: Span[] = [];
  for (const part of plain.split(/[\s,、;]+/)) {
    if (part === "") continue;
    const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(part) ?? [];
    if (fromHour === undefined || toHour === undefined) return null;
    const from = `${fromHour.padStart(2, "0")}:${fromMinute ?? ""}`;
    const to = `${toHour.padStart(2, "0")}:${toMinute ?? ""}`;
    const isTime = (clock: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(clock);
    if (!isTime(from) || !isTime(to) || to <= from || from < (spans.at(-1)?.to ?? "")) return null;
    spans.push({ from, to });
  }
  return spans;
};

/** What is wrong with a field; `params` fill the sentence's places. */
export interface DraftFault {
  readonly key: "number" | "spans" | "day" | "dayTwice" | "order";
  readonly params: Readonly<Record<string, number>>;
}
/** By the field's name, e.g. `creditMinutes.green`, `quota.B`, `hall.mon`, `B.days.0`. */
export type DraftFaults = Readonly<Record<string, DraftFault>>;

const readNumber = (
  typed: string,
  [min, max]: readonly [number, number],
  name: string,
  faults: Record<string, DraftFault>,
): number => {
  const value = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : NaN;
  if (!(value >= min && value <= max)) faults[name] = { key: "number", params: { min, max } };
  return value;
};

const readHours = (draft: HoursDraft, owner: string, faults: Record<string, DraftFault>): Hours => {
  const spansAt = (typed: string, name: string): Span[] => {
    const spans = readSpans(typed);
    if (spans === null) faults[name] = { key: "spans", params: {} };
    return [...(spans ?? [])];
  };
  draft.days.forEach(({ day }, index) => {
    if (!isDay(day)) faults[`${owner}.days.${String(index)}`] = { key: "day", params: {} };
    else if (draft.days.findIndex((other) => other.day === day) !== index)
      faults[`${owner}.days.${String(index)}`] = { key: "dayTwice", params: {} };
  });
  return {
    week: Object.fromEntries(
      weekdays.map((name) => [name, spansAt(draft.week[name], `${owner}.${name}`)]),
    ) as Hours["week"],
    followHolidays: draft.followHolidays,
    lastTicketMinutes: readNumber(draft.lastTicketMinutes, LAST_TICKET, `${owner}.lastTicketMinutes`, faults),
    days: draft.days.map(({ day, spans, note }, index) => ({
      day,
      spans: spansAt(spans, `${owner}.days.${String(index)}.spans`),
      note: note.trim(),
    })),
  };
};

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** What the draft changes of the plan, and what in it is wrong. Parts that are as they were are left out. */
export const readDraft = (
  plan: HallPlan,
  draft: PlanDraft,
): { readonly change: PlanChange; readonly faults: DraftFaults } => {
  const faults: Record<string, DraftFault> = {};
  const before = planDraftOf(plan);
  const change: Record<string, unknown> = {};
  for (const [group, fields] of Object.entries(numberFields) as [
    NumberGroup,
    Record<string, readonly [number, number]>,
  ][]) {
    const values = Object.entries(fields).map(([name, range]) => [
      name,
      readNumber(draft.numbers[group][name] ?? "", range, `${group}.${name}`, faults),
    ]);
    if (!isSame(draft.numbers[group], before.numbers[group])) change[group] = Object.fromEntries(values);
  }
  const { warn = "", alarm = "" } = draft.numbers.waitLimitMinutes;
  if (Number(warn) > Number(alarm)) faults["waitLimitMinutes.alarm"] ??= { key: "order", params: {} };

  const hoursOf = (owner: string): Hours | null => {
    const hours = draft.hours[owner] ?? null;
    return hours === null ? null : readHours(hours, owner, faults);
  };
  const hallHours = hoursOf("hall");
  if (!isSame(draft.hours["hall"], before.hours["hall"])) change["hours"] = hallHours;
  const businesses = plan.businesses.flatMap(({ id }) => {
    const hours = hoursOf(id);
    const appointmentsPerSlot = readNumber(draft.quotas[id] ?? "", QUOTA, `quota.${id}`, faults);
    const changed = {
      ...(isSame(draft.hours[id], before.hours[id]) ? {} : { hours }),
      ...(draft.quotas[id] === before.quotas[id] ? {} : { appointmentsPerSlot }),
    };
    return Object.keys(changed).length === 0 ? [] : [{ id, ...changed }];
  });
  if (businesses.length > 0) change["businesses"] = businesses;
  if (!isSame(draft.coverage, before.coverage)) change["coverage"] = readCoverage(draft.coverage, faults);
  const idleLockMinutes = readNumber(draft.idleLockMinutes, IDLE_LOCK, "idleLockMinutes", faults);
  if (draft.idleLockMinutes !== before.idleLockMinutes) change["idleLockMinutes"] = idleLockMinutes;
  if (draft.secondFactor !== before.secondFactor) change["secondFactor"] = draft.secondFactor;
  if (draft.newCodes.length + draft.removedCodes.length > 0)
    change["greenCodes"] = {
      add: draft.newCodes.map((code) => greenCodeDigest(plan.hallId, code)),
      remove: [...draft.removedCodes],
    };
  return { change, faults };
};

/** Signs that nobody takes for another one. */
const ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789";

/** A new green-channel code: eight signs, 38 bits. @param random as many bytes as signs */
export const newGreenCode = (random: Uint8Array): string => {
  const signs = Array.from(random.slice(0, 8), (byte) => ALPHABET[byte % ALPHABET.length] ?? "").join("");
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
};

/** The digest of a code that is in force, or null. */
export const findGreenCode = (plan: HallPlan, typed: string): string | null => {
  const digest = greenCodeDigest(plan.hallId, typed);
  return kioskSettingsOf(plan).greenCodes.includes(digest) ? digest : null;
};
