import type { Appointment } from "../appointment/appointment.ts";
import type { Notice } from "../notice/notice.ts";
import type { WaitDay } from "../queue/measures.ts";
import type { EventData } from "./events.ts";
import type { HallPlan } from "./plan.ts";
import type { Case, CaseNumberLease, Intake } from "../case/intake.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { CounterState, Lease, Ticket } from "../queue/ticket.ts";
import type { Rectification } from "../rectification/rectification.ts";
import type { Review, SuspectReview } from "../review/review.ts";
import type { FiledUpTo, OrderReportHead } from "../work-order/filing.ts";
import type { WorkOrder } from "../work-order/work-order.ts";

export interface HelpRequest {
  readonly id: string;
  readonly deviceId: string;
  readonly place: string;
  readonly at: number;
  readonly answered: boolean;
}

export type Anomaly = Readonly<EventData["AnomalyRecorded"]> & { readonly at: number };

/** A call as the board shows and speaks it; a re-call is a new one with the same ticket. */
export interface BoardCall {
  readonly seqKey: string;
  readonly ticketId: string;
  readonly number: string;
  readonly counterId: string;
  readonly at: number;
  readonly times: number;
}

/**
 * A hall's present, folded from its events: the open day only, so that it stays small however long the hall runs.
 * Treat as immutable; `evolve` gives a new one.
 */
export interface HallState {
  readonly plan: HallPlan | null;
  readonly day: string | null;
  /** Last serial given on-line, per `day/business`, for the last seven days and today. */
  readonly serials: ReadonlyMap<string, number>;
  /** Tickets taken today, per business. */
  readonly taken: ReadonlyMap<string, number>;
  /** Leases of the last seven days, today and ahead. */
  readonly leases: readonly Lease[];
  /** `day/business/serial` of leased serials that were given out. */
  readonly leasedSerialsUsed: ReadonlySet<string>;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly counters: ReadonlyMap<string, CounterState>;
  /** Newest last, at most 60. */
  readonly calls: readonly BoardCall[];
  readonly withdrawnCalls: ReadonlySet<string>;
  readonly reviews: ReadonlyMap<string, Review>;
  readonly help: ReadonlyMap<string, HelpRequest>;
  readonly anomalies: readonly Anomaly[];
  /** Orders about bad reviews: the open ones, and for a month the closed ones. They outlive the day. */
  readonly rectifications: ReadonlyMap<string, Rectification>;
  /** Flagged reviews that the desk has not decided about. They outlive the day. */
  readonly suspects: ReadonlyMap<string, SuspectReview>;
  /** Intakes and cases in work, and those that ended in the last 30 days. */
  readonly intakes: ReadonlyMap<string, Intake>;
  readonly cases: ReadonlyMap<string, Case>;
  readonly caseLeases: readonly CaseNumberLease[];
  /** Of today and ahead. */
  readonly appointments: ReadonlyMap<string, Appointment>;
  /** Person key → days of the last three months on which an appointment was not kept; known to the node only. */
  readonly noShows: ReadonlyMap<string, readonly string[]>;
  readonly notices: ReadonlyMap<string, Notice>;
  /** `business/hour` → seconds that the newest services bound a counter, newest last (queue/measures.ts). */
  readonly serviceTimes: ReadonlyMap<string, readonly number[]>;
  /** How well the foretold waits of the last days came true, oldest first. */
  readonly waitDays: readonly WaitDay[];
  /** Entries of ledgers in work, and for a month those that ended. */
  readonly ledgerEntries: ReadonlyMap<string, LedgerEntry>;
  /** `ledger/year` → last number given. */
  readonly ledgerSerials: ReadonlyMap<string, number>;
  /** Orders about what could not be done: the open ones, and for two months the others. They outlive the day. */
  readonly workOrders: ReadonlyMap<string, WorkOrder>;
  /** Order → its number, of those raised today. */
  readonly orderReceipts: ReadonlyMap<string, string>;
  /** The newest number of an order; null: none yet. */
  readonly orderSerial: { readonly year: number; readonly last: number } | null;
  /** Weekly reports of the last three months, without their rows. */
  readonly orderReports: ReadonlyMap<string, OrderReportHead>;
  readonly orderFiled: FiledUpTo;
}

export const emptyHallState: HallState = {
  plan: null,
  day: null,
  serials: new Map(),
  taken: new Map(),
  leases: [],
  leasedSerialsUsed: new Set(),
  tickets: new Map(),
  counters: new Map(),
  calls: [],
  withdrawnCalls: new Set(),
  reviews: new Map(),
  help: new Map(),
  anomalies: [],
  rectifications: new Map(),
  suspects: new Map(),
  intakes: new Map(),
  cases: new Map(),
  caseLeases: [],
  appointments: new Map(),
  noShows: new Map(),
  notices: new Map(),
  serviceTimes: new Map(),
  waitDays: [],
  ledgerEntries: new Map(),
  ledgerSerials: new Map(),
  workOrders: new Map(),
  orderReceipts: new Map(),
  orderSerial: null,
  orderReports: new Map(),
  orderFiled: { department: null, lead: null },
};

/** The state as plain JSON, for snapshots on the wire and on disk. */
export interface HallSnapshot {
  readonly format: 1;
  readonly plan: HallPlan | null;
  readonly day: string | null;
  readonly serials: readonly (readonly [string, number])[];
  readonly taken: readonly (readonly [string, number])[];
  readonly leases: readonly Lease[];
  readonly leasedSerialsUsed: readonly string[];
  readonly tickets: readonly Ticket[];
  readonly counters: readonly CounterState[];
  readonly calls: readonly BoardCall[];
  readonly withdrawnCalls: readonly string[];
  readonly reviews: readonly Review[];
  readonly help: readonly HelpRequest[];
  readonly anomalies: readonly Anomaly[];
  /** Absent when there are none, as in snapshots made before there were any. */
  readonly rectifications?: readonly Rectification[];
  readonly suspects?: readonly SuspectReview[];
  /** Left out while there are none, as before there was intake. */
  readonly intakes?: readonly Intake[];
  readonly cases?: readonly Case[];
  readonly caseLeases?: readonly CaseNumberLease[];
  /** Absent in a snapshot of an older program. */
  readonly appointments?: readonly Appointment[];
  readonly noShows?: readonly (readonly [string, readonly string[]])[];
  readonly notices?: readonly Notice[];
  readonly serviceTimes?: readonly (readonly [string, readonly number[]])[];
  readonly waitDays?: readonly WaitDay[];
  /** Left out while there are none. */
  readonly ledgerEntries?: readonly LedgerEntry[];
  readonly ledgerSerials?: readonly (readonly [string, number])[];
  /** Left out while there is none. */
  readonly workOrders?: readonly WorkOrder[];
  readonly orderReceipts?: readonly (readonly [string, string])[];
  readonly orderSerial?: HallState["orderSerial"];
  readonly orderReports?: readonly OrderReportHead[];
  readonly orderFiled?: FiledUpTo;
}

/** State → JSON. Members are ordered by key, so that equal states give equal texts. */
export const toSnapshot = (state: HallState): HallSnapshot => {
  const byKey = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
    [...map].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const values = <V>(map: ReadonlyMap<string, V>): V[] => byKey(map).map(([, value]) => value);
  return {
    format: 1,
    plan: state.plan,
    day: state.day,
    serials: byKey(state.serials),
    taken: byKey(state.taken),
    leases: state.leases,
    leasedSerialsUsed: [...state.leasedSerialsUsed].sort(),
    tickets: values(state.tickets),
    counters: values(state.counters),
    calls: state.calls,
    withdrawnCalls: [...state.withdrawnCalls].sort(),
    reviews: values(state.reviews),
    help: values(state.help),
    anomalies: state.anomalies,
    ...(state.rectifications.size === 0 ? {} : { rectifications: values(state.rectifications) }),
    ...(state.suspects.size === 0 ? {} : { suspects: values(state.suspects) }),
    ...(state.intakes.size > 0 ? { intakes: values(state.intakes) } : {}),
    ...(state.cases.size > 0 ? { cases: values(state.cases) } : {}),
    ...(state.caseLeases.length > 0 ? { caseLeases: state.caseLeases } : {}),
    appointments: values(state.appointments),
    noShows: byKey(state.noShows),
    notices: values(state.notices),
    serviceTimes: byKey(state.serviceTimes),
    waitDays: state.waitDays,
    ...(state.ledgerEntries.size > 0 ? { ledgerEntries: values(state.ledgerEntries) } : {}),
    ...(state.ledgerSerials.size > 0 ? { ledgerSerials: byKey(state.ledgerSerials) } : {}),
    ...(state.workOrders.size > 0 ? { workOrders: values(state.workOrders) } : {}),
    ...(state.orderReceipts.size > 0 ? { orderReceipts: byKey(state.orderReceipts) } : {}),
    ...(state.orderSerial === null ? {} : { orderSerial: state.orderSerial }),
    ...(state.orderReports.size > 0 ? { orderReports: values(state.orderReports) } : {}),
    ...(state.orderFiled.department === null && state.orderFiled.lead === null ? {} : { orderFiled: state.orderFiled }),
  };
};

/** JSON → state; the reverse of `toSnapshot`. */
export const fromSnapshot = (snapshot: HallSnapshot): HallState => {
  const keyed = <V extends { readonly id: string }>(values: readonly V[]): ReadonlyMap<string, V> =>
    new Map(values.map((value) => [value.id, value]));
  return {
    plan: snapshot.plan,
    day: snapshot.day,
    serials: new Map(snapshot.serials),
    taken: new Map(snapshot.taken),
    leases: snapshot.leases,
    leasedSerialsUsed: new Set(snapshot.leasedSerialsUsed),
    tickets: keyed(snapshot.tickets),
    counters: keyed(snapshot.counters),
    calls: snapshot.calls,
    withdrawnCalls: new Set(snapshot.withdrawnCalls),
    reviews: keyed(snapshot.reviews),
    help: keyed(snapshot.help),
    anomalies: snapshot.anomalies,
    rectifications: keyed(snapshot.rectifications ?? []),
    suspects: keyed(snapshot.suspects ?? []),
    intakes: keyed(snapshot.intakes ?? []),
    cases: keyed(snapshot.cases ?? []),
    caseLeases: snapshot.caseLeases ?? [],
    appointments: keyed(snapshot.appointments ?? []),
    noShows: new Map(snapshot.noShows ?? []),
    notices: keyed(snapshot.notices ?? []),
    serviceTimes: new Map(snapshot.serviceTimes ?? []),
    waitDays: snapshot.waitDays ?? [],
    ledgerEntries: keyed(snapshot.ledgerEntries ?? []),
    ledgerSerials: new Map(snapshot.ledgerSerials ?? []),
    workOrders: keyed(snapshot.workOrders ?? []),
    orderReceipts: new Map(snapshot.orderReceipts ?? []),
    orderSerial: snapshot.orderSerial ?? null,
    orderReports: keyed(snapshot.orderReports ?? []),
    orderFiled: snapshot.orderFiled ?? emptyHallState.orderFiled,
  };
};
