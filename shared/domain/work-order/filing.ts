import { addDays, dayOf, instantAt, weekdayOf, type Day } from "../../basics/time.ts";
import { calendarOf } from "../case/intake-rules.ts";
import { isWeekend } from "../deadline/calendar.ts";
import type { LightStep } from "../deadline/clock.ts";
import type { HallPlan } from "../hall/plan.ts";
import { workOrderRulesOf } from "./rules.ts";
import { isOpenOrder, orderLight, type OrderStatus, type WorkOrder } from "./work-order.ts";

export type FilingKind = "department" | "lead";

/** A report that has to be made at an instant. */
export interface Filing {
  readonly kind: FilingKind;
  readonly dueAt: number;
}

/** An order as a report tells it: no person, no words of a person. */
export interface ReportRow {
  readonly orderId: string;
  readonly number: string;
  readonly openedAt: number;
  readonly itemName: string | null;
  readonly summary: string | null;
  readonly department: string | null;
  readonly status: OrderStatus;
  readonly dueAt: number | null;
  readonly light: LightStep | null;
  readonly isSupervised: boolean;
  readonly closedAt: number | null;
  readonly isOnTime: boolean | null;
}

export interface ReportTotals {
  readonly raised: number;
  readonly closed: number;
  readonly open: number;
  readonly overdue: number;
  readonly supervised: number;
}

/** A weekly report as it was filed. It is never changed; what was wrong in it is added beside it. */
export interface OrderReport {
  readonly id: string;
  readonly kind: FilingKind;
  /** Null: of the lead department. */
  readonly department: string | null;
  /** What happened after `from` up to `dueAt`. */
  readonly from: number;
  readonly dueAt: number;
  readonly filedAt: number;
  readonly rows: readonly ReportRow[];
  readonly totals: ReportTotals;
}

/** What was wrong in a filed report. */
export interface ReportCorrection {
  readonly at: number;
  readonly text: string;
  readonly by: string | null;
}

/** A filed report with what was added to it. */
export type FiledReport = OrderReport & { readonly corrections: readonly ReportCorrection[] };

/** A filed report without its rows. */
export type OrderReportHead = Omit<FiledReport, "rows">;

const isWorked = (plan: HallPlan, day: Day): boolean => calendarOf(plan).isWorkday(day) ?? !isWeekend(day);

/**
 * The day on which a week is reported: the plan's day of the week or, when that is off, the last working day before it in
 * the same week. Weeks begin on Monday. Null: nothing of the week up to then is worked; the next report tells of it too.
 */
export const filingDayOf = (plan: HallPlan, dayOfWeek: Day): Day | null => {
  const monday = addDays(dayOfWeek, -((weekdayOf(dayOfWeek) + 6) % 7));
  const last = addDays(monday, (workOrderRulesOf(plan).filing.weekday + 6) % 7);
  for (let day = last; day >= monday; day = addDays(day, -1)) if (isWorked(plan, day)) return day;
  return null;
};

/** What has to be filed after one instant and up to another, in order of time. */
export const filingsBetween = (plan: HallPlan, after: number, until: number): readonly Filing[] => {
  const { departmentsAt, leadAt } = workOrderRulesOf(plan).filing;
  const offset = plan.utcOffsetMinutes;
  const filings: Filing[] = [];
  const end = dayOf(until, offset);
  for (let day = dayOf(after, offset); day <= end; day = addDays(day, 1)) {
    if (filingDayOf(plan, day) !== day) continue;
    filings.push({ kind: "department", dueAt: instantAt(day, departmentsAt, offset) });
    filings.push({ kind: "lead", dueAt: instantAt(day, leadAt, offset) });
  }
  return filings.filter(({ dueAt }) => dueAt > after && dueAt <= until);
};

/** The newest instant of each kind that was filed; null: none yet. */
export interface FiledUpTo {
  readonly department: number | null;
  readonly lead: number | null;
}

/** What has to be filed now. Nothing is, before the first order was raised. */
export const filingsDue = (
  plan: HallPlan,
  orders: Iterable<WorkOrder>,
  filed: FiledUpTo,
  now: number,
): readonly Filing[] => {
  const first = Math.min(...[...orders].map(({ openedAt }) => openedAt));
  const sinceOf = (kind: FilingKind): number => filed[kind] ?? first;
  const since = Math.min(sinceOf("department"), sinceOf("lead"));
  if (!Number.isFinite(since)) return [];
  return filingsBetween(plan, since, now).filter(({ kind, dueAt }) => dueAt > sinceOf(kind));
};

const rowOf = (order: WorkOrder, at: number): ReportRow => ({
  orderId: order.id,
  number: order.number,
  openedAt: order.openedAt,
  itemName: order.itemName,
  summary: order.summary,
  department: order.department,
  status: order.status,
  dueAt: order.clock.due?.dueAt ?? null,
  light: orderLight(order, at),
  isSupervised: order.supervision !== null && order.supervision.struck === null,
  closedAt: order.closedAt,
  isOnTime: order.answer?.isOnTime ?? null,
});

const totalsOf = (rows: readonly ReportRow[], from: number): ReportTotals => ({
  raised: rows.filter(({ openedAt }) => openedAt > from).length,
  closed: rows.filter(({ status }) => !isOpenOrder({ status })).length,
  open: rows.filter(({ status }) => isOpenOrder({ status })).length,
  overdue: rows.filter(({ light }) => light === "red").length,
  supervised: rows.filter(({ isSupervised }) => isSupervised).length,
});

/**
 * The reports of a filing: one of each department that has orders, and one of the lead department over all. They hold
 * what is open and what was raised or ended since the last one.
 */
export const makeReports = (
  plan: HallPlan,
  orders: Iterable<WorkOrder>,
  { kind, dueAt }: Filing,
  from: number,
  filedAt: number,
): readonly OrderReport[] => {
  const rows = [...orders]
    .filter((order) => order.openedAt <= dueAt && (order.closedAt === null || order.closedAt > from))
    .sort((left, right) => (left.number < right.number ? -1 : 1))
    .map((order) => rowOf(order, dueAt));
  const day = dayOf(dueAt, plan.utcOffsetMinutes);
  const report = (department: string | null, own: readonly ReportRow[]): OrderReport => ({
    id: `${kind}/${day}/${department ?? "-"}`,
    kind,
    department,
    from,
    dueAt,
    filedAt,
    rows: own,
    totals: totalsOf(own, from),
  });
  if (kind === "lead") return [report(null, rows)];
  const departments = [...new Set(rows.flatMap(({ department }) => department ?? []))].sort();
  return departments.map((department) =>
    report(
      department,
      rows.filter((row) => row.department === department),
    ),
  );
};
