import { dayOf, instantAt, type Day } from "../../basics/time.ts";
import { isCaseEvent } from "../case/evolve.ts";
import type { DueDays } from "../case/intake.ts";
import type { DomainEvent } from "../hall/events.ts";
import { isLedgerEvent } from "../ledger/events.ts";
import { isWorkOrderEvent } from "../work-order/events.ts";
import { isBad } from "../review/review.ts";

const visitCounts = ["tickets", "served", "missed"] as const;
const caseCounts = ["accepted", "refused", "decided"] as const;
const reviewCounts = ["reviews", "bad", "ordersOpened", "ordersClosed", "ordersOnTime", "ordersReopened"] as const;
const ledgerCounts = ["entriesOpened", "entriesEnded"] as const;
const workCounts = [
  "workRaised",
  "workRejected",
  "workAnswered",
  "workClosed",
  "workOnTime",
  "workReopened",
  "workToCity",
] as const;

/** What a city counts of each hall and day. The order is that of the columns. */
export const countNames = [...visitCounts, ...caseCounts, ...reviewCounts, ...ledgerCounts, ...workCounts] as const;
export type CountName = (typeof countNames)[number];
export type HallCounts = Readonly<Record<CountName, number>>;

/** What becomes of what comes in, step by step. */
export const countSteps = {
  visits: visitCounts,
  cases: ["accepted", "decided", "refused"],
  bad: reviewCounts,
  work: workCounts,
  ledgers: ledgerCounts,
} as const satisfies Readonly<Record<string, readonly CountName[]>>;

/** Something that runs out: what the lights of a city are counted from. Instants in milliseconds. */
export interface OpenThing {
  /** `order`: of a bad review; `work`: a work order about what could not be done. */
  readonly kind: "case" | "order" | "entry" | "work";
  readonly id: string;
  /** Null: no yellow light is known, or no clock runs. */
  readonly yellowAt: number | null;
  readonly dueAt: number | null;
}

/** What one event of a hall changes at its city. */
export interface CityChange {
  readonly counts: readonly CountName[];
  readonly opened: readonly OpenThing[];
  readonly ended: readonly Pick<OpenThing, "kind" | "id">[];
}

const nothing: CityChange = { counts: [], opened: [], ended: [] };
const count = (...counts: readonly CountName[]): CityChange => ({ ...nothing, counts });

const endOf = (day: Day | null, offset: number): number | null =>
  day === null ? null : instantAt(day, "24:00", offset) - 1;

const STOPPED: DueDays = { promised: null, legal: null, unknownYear: null };

const caseChange = (event: DomainEvent, offset: number): CityChange => {
  if (!isCaseEvent(event)) return nothing;
  const open = (id: string, { promised, legal, yellow = null }: DueDays): OpenThing => ({
    kind: "case",
    id,
    yellowAt: yellow === null ? null : instantAt(yellow, "00:00", offset),
    dueAt: endOf(promised ?? legal, offset),
  });
  switch (event.type) {
    case "IntakeAccepted":
      return {
        ...count("accepted"),
        opened: event.data.due.map(({ caseId, due }) => open(caseId, due)),
      };
    case "IntakeRefused":
      return count("refused");
    case "SpecialProcedureStarted":
      return { ...nothing, opened: [open(event.data.caseId, STOPPED)] };
    case "SpecialProcedureEnded":
      return { ...nothing, opened: [open(event.data.caseId, event.data.due)] };
    case "CaseDecided":
      return { ...count("decided"), ended: [{ kind: "case", id: event.data.caseId }] };
    default:
      return nothing;
  }
};

const ledgerChange = (event: DomainEvent, offset: number): CityChange => {
  if (!isLedgerEvent(event) || !("clocks" in event.data)) return nothing;
  const { entryId, clocks } = event.data;
  const counts: CountName[] = event.type === "LedgerEntryOpened" ? ["entriesOpened"] : [];
  if ("isEnd" in event.data && event.data.isEnd)
    return { counts: [...counts, "entriesEnded"], opened: [], ended: [{ kind: "entry", id: entryId }] };
  const [next] = clocks
    .filter(({ endedDay, dueDay }) => endedDay === null && dueDay !== null)
    .sort((left, right) => ((left.dueDay ?? "") < (right.dueDay ?? "") ? -1 : 1));
  const yellowAt = next?.yellowDay == null ? null : instantAt(next.yellowDay, "00:00", offset);
  return {
    counts,
    opened: [{ kind: "entry", id: entryId, yellowAt, dueAt: endOf(next?.dueDay ?? null, offset) }],
    ended: [],
  };
};

const workOrderChange = (event: DomainEvent): CityChange => {
  if (!isWorkOrderEvent(event) || !("orderId" in event.data)) return nothing;
  const { orderId: id } = event.data;
  const ended = [{ kind: "work", id } as const];
  const due = "clock" in event.data && typeof event.data.clock === "object" ? event.data.clock.due : undefined;
  const opened: OpenThing[] =
    due === undefined ? [] : [{ kind: "work", id, yellowAt: due?.yellowAt ?? null, dueAt: due?.dueAt ?? null }];
  switch (event.type) {
    case "WorkOrderRaised":
      return { ...count("workRaised"), opened };
    case "WorkOrderAnswered":
      return { ...count("workAnswered"), opened };
    case "WorkOrderReopened":
      return { ...count("workReopened"), opened };
    case "OrderReportedToCity":
      return count("workToCity");
    case "WorkOrderRejected":
      return { ...count("workRejected"), ended };
    case "WorkOrderClosed":
      return { ...(event.data.isOnTime ? count("workClosed", "workOnTime") : count("workClosed")), ended };
    default:
      return { ...nothing, opened };
  }
};

/**
 * What an event of a hall changes in its city's figures. Counts acts, never people: nothing of it tells who came or who said what.
 * @param offset the hall's, minutes from UTC
 */
export const cityChangeOf = (event: DomainEvent, offset: number): CityChange => {
  switch (event.type) {
    case "TicketTaken":
      return count("tickets");
    case "ServiceEnded":
      return count("served");
    case "TicketMissed":
      return count("missed");
    case "ReviewGiven":
      return isBad(event.data.level) ? count("reviews", "bad") : count("reviews");
    case "RectificationOpened":
    case "RectificationReopened": {
      const { rectificationId: id, yellowAt, dueAt } = event.data;
      const opened: OpenThing[] = [{ kind: "order", id, yellowAt, dueAt }];
      return { ...count(event.type === "RectificationOpened" ? "ordersOpened" : "ordersReopened"), opened };
    }
    case "RectificationClosed": {
      const ended = [{ kind: "order", id: event.data.rectificationId } as const];
      return { ...(event.data.isOnTime ? count("ordersClosed", "ordersOnTime") : count("ordersClosed")), ended };
    }
    default:
      if (isCaseEvent(event)) return caseChange(event, offset);
      return isWorkOrderEvent(event) ? workOrderChange(event) : ledgerChange(event, offset);
  }
};

/** Event types that change a city's figures: the rest of a log is not read for them. */
export const cityEventTypes = [
  "HallPlanSet",
  "TicketTaken",
  "ServiceEnded",
  "TicketMissed",
  "ReviewGiven",
  "RectificationOpened",
  "RectificationReopened",
  "RectificationClosed",
  "IntakeAccepted",
  "IntakeRefused",
  "SpecialProcedureStarted",
  "SpecialProcedureEnded",
  "CaseDecided",
  "LedgerEntryOpened",
  "LedgerEntryMoved",
  "LedgerEntryAmended",
  "WorkOrderRaised",
  "WorkOrderTakenIn",
  "WorkOrderRejected",
  "WorkOrderDispatched",
  "WorkOrderReturned",
  "WorkOrderExtended",
  "WorkOrderPaused",
  "WorkOrderResumed",
  "WorkOrderAnswered",
  "WorkOrderClosed",
  "WorkOrderReopened",
  "OrderReportedToCity",
] as const satisfies readonly DomainEvent["type"][];

/** The hall's day that an event counts for. */
export const cityDayOf = (event: Pick<DomainEvent, "at">, offset: number): Day => dayOf(event.at, offset);
