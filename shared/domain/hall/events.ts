import type { HallPlan } from "./plan.ts";
import type { AppointmentEvents } from "../appointment/appointment.ts";
import type { NoticeEvents } from "../notice/notice.ts";
import type { RectificationEventData } from "../rectification/events.ts";
import type { CaseEventData } from "../case/events.ts";
import type { LedgerEventData } from "../ledger/events.ts";
import type { WorkOrderEventData } from "../work-order/events.ts";
import type { Expected, PrintState, TicketClass } from "../queue/ticket.ts";
import type { VisitStop } from "../queue/visit-stop.ts";
import type { ReviewClaim } from "../review/claim.ts";
import type { ReviewChannel, ReviewedService, ReviewFlag, ReviewInput, ReviewLevel } from "../review/review.ts";

/**
 * What has happened in a hall, in the past tense. `docs/actions.md` tells each in words.
 * Every type is at version 1; a changed shape gets a new version and an upcaster in `upcast.ts`.
 */
export interface EventData
  extends AppointmentEvents, NoticeEvents, RectificationEventData, CaseEventData, LedgerEventData, WorkOrderEventData {
  /** `change`: the desk's, with its reason; absent: the plan came as a whole, with the program or from the city. */
  HallPlanSet: { plan: HallPlan; change?: { reason: string; clerkId: string | null } };
  DayOpened: { day: string };
  DayClosed: { day: string };

  NumbersLeased: { day: string; businessId: string; deviceId: string; from: number; to: number };

  CounterOpened: { counterId: string; clerkId: string | null; deviceId: string | null; businesses: string[] };
  CounterPaused: { counterId: string; reason: string };
  CounterResumed: { counterId: string };
  CounterClosed: { counterId: string };
  /** The desk moved businesses: what the counter serves until it closes. */
  CounterBusinessesSet: { counterId: string; businesses: string[] };

  TicketTaken: {
    ticketId: string;
    day: string;
    businessId: string;
    serial: number;
    number: string;
    class: TicketClass | "withheld";
    takenAt: number;
    lineKey: number;
    source: "online" | "lease";
    itemCode: string | null;
    itemName: string | null;
    personKey: string | null;
    stops?: VisitStop[];
    followHash?: string;
    greenCode?: string;
    /** What the person was told to expect; the day's error is measured by it. Absent: nothing was told. */
    expected?: Expected | null;
    appointmentId?: string | null;
  };
  TicketPrinted: { ticketId: string; outcome: Exclude<PrintState, "none">; reprint?: boolean };
  TicketCalled: { ticketId: string; counterId: string; clerkId: string | null; callCommandId: string | null };
  TicketRecalled: { ticketId: string; counterId: string };
  /** A call that the clerk never saw answered is taken back: the ticket waits on, at its old place. */
  TicketReleased: { ticketId: string; counterId: string };
  CallWithdrawn: { callCommandId: string };
  TicketMissed: { ticketId: string; counterId: string | null; reason: string };
  TicketReturned: { ticketId: string; lineKey: number };
  TicketCancelled: { ticketId: string; reason: string };
  TicketPinned: { ticketId: string; reason: string };
  TicketTransferred: {
    ticketId: string;
    fromCounterId: string;
    businessId: string;
    onlyCounterId: string | null;
    reason: string;
  };
  ServiceBegan: { ticketId: string; counterId: string };
  ServiceParked: { ticketId: string; counterId: string; reason: string };
  ServiceResumed: { ticketId: string; counterId: string };
  /** `next`: the visit goes on there with the same number, and `stops` are left after it. */
  ServiceEnded: { ticketId: string; counterId: string; next?: VisitStop; stops?: VisitStop[] };
  /** A mis-click at the end of a service was taken back. */
  ServiceReopened: { ticketId: string; counterId: string };

  ReviewInvited: {
    reviewId: string;
    ticketId: string;
    counterId: string;
    clerkId: string | null;
    number: string;
    expiresAt: number;
  };
  ReviewGiven: {
    reviewId: string;
    counterId: string | null;
    level: ReviewLevel;
    tags: string[];
    elapsedMs: number;
    channel: ReviewChannel;
    flags: ReviewFlag[];
    /** Ids of encrypted personal records beside the log: the person's own words, and a phone for the call-back. */
    textId: string | null;
    phoneId: string | null;
    totalMs?: number;
    input?: ReviewInput;
    /** What the center knows of the service, for a review that came by a code. */
    service?: ReviewedService;
  };
  /** A review by number, until the node has looked whose service it is; for the node alone. */
  ReviewClaimed: ReviewClaim;
  /** A later review of the same service: kept beside the first, never instead of it. */
  ReviewAdded: EventData["ReviewGiven"];
  ReviewNotGiven: { reviewId: string; counterId: string | null; reason: "timeout" | "declined" | "superseded" };
  /** What a clerk's feed gets instead of given / added / not given. Never written to the log. */
  ReviewClosed: { reviewId: string; counterId: string | null };

  HelpRequested: { helpId: string; deviceId: string; place: string };
  HelpAnswered: { helpId: string };

  /** A record that did not fit: nothing is thrown away, the desk looks at it. */
  AnomalyRecorded: {
    anomalyId: string;
    commandId: string;
    commandType: string;
    code: string;
    deviceId: string | null;
    ticketId: string | null;
    counterId: string | null;
    number: string | null;
  };
}

export type EventType = keyof EventData;

/** An event as decided, before the node gives it its place in the log. */
export type DomainEvent = {
  [T in EventType]: { readonly type: T; readonly v: 1; readonly at: number; readonly data: Readonly<EventData[T]> };
}[EventType];

/** An event with its place in the hall's order, as terminals get it. `data` of unknown types is kept untouched. */
export interface SequencedEvent {
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly at: number;
  readonly data: unknown;
}
