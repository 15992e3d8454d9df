import { rectificationEventTypes, type RectificationEventType } from "../rectification/events.ts";
import { caseEventVersions } from "../case/events.ts";
import { ledgerEventVersions } from "../ledger/events.ts";
import { workOrderEventVersions } from "../work-order/events.ts";
import type { DomainEvent, EventType, SequencedEvent } from "./events.ts";

/** Turns an event of version n of its type into version n + 1. */
type Upcaster = (data: unknown) => unknown;

/**
 * Steps from older versions, keyed `Type@version`. Old events stay in the log as they were written and are read through
 * here; golden logs in tests/golden hold one of every version ever released.
 */
const upcasters: Readonly<Record<string, Upcaster>> = {};

/** All of them are at their first version. */
const rectificationVersions = Object.fromEntries(rectificationEventTypes.map((type) => [type, 1])) as Readonly<
  Record<RectificationEventType, 1>
>;

const currentVersions: Readonly<Record<EventType, 1>> = {
  HallPlanSet: 1,
  DayOpened: 1,
  DayClosed: 1,
  NumbersLeased: 1,
  CounterOpened: 1,
  CounterPaused: 1,
  CounterResumed: 1,
  CounterClosed: 1,
  TicketTaken: 1,
  TicketPrinted: 1,
  TicketCalled: 1,
  TicketRecalled: 1,
  TicketReleased: 1,
  CallWithdrawn: 1,
  TicketMissed: 1,
  TicketReturned: 1,
  TicketCancelled: 1,
  TicketPinned: 1,
  TicketTransferred: 1,
  ServiceBegan: 1,
  ServiceParked: 1,
  ServiceResumed: 1,
  ServiceEnded: 1,
  ReviewInvited: 1,
  ReviewGiven: 1,
  ReviewAdded: 1,
  ReviewNotGiven: 1,
  ReviewClosed: 1,
  ReviewClaimed: 1,
  HelpRequested: 1,
  HelpAnswered: 1,
  AnomalyRecorded: 1,
  ...rectificationVersions,
  ...caseEventVersions,
  ...ledgerEventVersions,
  ...workOrderEventVersions,
  ServiceReopened: 1,
  CounterBusinessesSet: 1,
  AppointmentBooked: 1,
  AppointmentCancelled: 1,
  AppointmentCheckedIn: 1,
  AppointmentMissed: 1,
  NoticePublished: 1,
  NoticeWithdrawn: 1,
};

/** Every event type that this version knows. */
export const eventTypes = Object.keys(currentVersions) as readonly EventType[];

/**
 * A stored event as this version understands it, or null when its type or version came later than this program: such
 * events are kept untouched and take effect after the update.
 */
export const readEvent = (
  stored: Pick<SequencedEvent, "type" | "v" | "at" | "data">,
  steps: Readonly<Record<string, Upcaster>> = upcasters,
): DomainEvent | null => {
  if (!Object.hasOwn(currentVersions, stored.type)) return null;
  const current: number = currentVersions[stored.type as EventType];
  let { v, data } = stored;
  while (v < current) {
    const step = steps[`${stored.type}@${String(v)}`];
    if (!step) return null;
    data = step(data);
    v += 1;
  }
  if (v > current) return null;
  return { type: stored.type, v, at: stored.at, data } as DomainEvent;
};
