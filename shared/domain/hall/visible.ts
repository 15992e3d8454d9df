import type { TerminalRole } from "../identity/roles.ts";
import { isRectificationEvent } from "../rectification/events.ts";
import { isCaseEvent } from "../case/evolve.ts";
import { visibleCase, visibleCases } from "../case/visible.ts";
import { isLedgerEvent } from "../ledger/events.ts";
import { visibleLedger, visibleLedgers } from "../ledger/visible.ts";
import { isWorkOrderEvent } from "../work-order/events.ts";
import { visibleOrders, visibleWorkOrder } from "../work-order/visible.ts";
import type { Review } from "../review/review.ts";
import type { Ticket } from "../queue/ticket.ts";
import type { VisitStop } from "../queue/visit-stop.ts";
import type { DomainEvent } from "./events.ts";
import { emptyHallState, type HallState } from "./state.ts";

type TicketTaken = Extract<DomainEvent, { type: "TicketTaken" }>["data"];

/** Whom the node feeds. */
export interface Viewer {
  readonly role: TerminalRole;
  readonly deviceId: string;
  /** The counter of a review terminal. */
  readonly counterId: string | null;
  /** Of a desk in a department: it sees its own cases and no more of the hall than a set-up does. */
  readonly department?: string | null;
}

const isStaff = (role: TerminalRole): boolean => role === "window" || role === "desk";

const seesReviewOf = (viewer: Viewer, counterId: string | null): boolean =>
  viewer.role === "desk" || viewer.role === "window" || (viewer.role === "review" && counterId === viewer.counterId);

const withoutItem = (stop: VisitStop): VisitStop => ({ ...stop, itemCode: null, itemName: null });

const holdsSecret = ({ personKey, followHash, greenCode }: TicketTaken): boolean =>
  personKey !== null || followHash !== undefined || greenCode !== undefined;

/** Without what only the node may know. Most hold nothing of it, and the rest of an object costs V8 several times as much, and so does its JSON. */
const withoutSecrets = (data: TicketTaken): TicketTaken => {
  if (data.followHash === undefined && data.greenCode === undefined) return data;
  const { followHash: _secret, greenCode: _code, ...others } = data;
  return others;
};

const isOwnAnomaly = (event: DomainEvent, viewer: Viewer): boolean =>
  event.type === "AnomalyRecorded" && event.data.deviceId === viewer.deviceId;
const seesAppointments = ({ role }: Viewer): boolean => isStaff(role) || role === "kiosk";

/** What a viewer may not know of an appointment: who it is for; a clerk how to reach them; a kiosk what they come for. */
const appointmentHides = ({ role }: Viewer) => ({
  personKey: null,
  ...(role === "desk" ? {} : { contactId: null }),
  ...(isStaff(role) ? {} : { itemCode: null, itemName: null }),
});

/**
 * Who may see what. The node applies it to every event that it feeds to a terminal:
 * - public screens (kiosk, display, review) get numbers and counters; no clerk, no reason, no service item, and not why
 *   somebody goes first;
 * - nobody but the node sees person keys, the secrets of ticket pages and green-channel codes;
 * - a clerk's feed tells of a review only that it was invited and that it is over: neither level, tags nor words;
 * - what follows from a bad or doubtful review is the desk's alone;
 * - a set-up terminal sees the hall's plan only, a department also the day and its own cases.
 * @returns the event as the viewer may see it, or null. Folding what is visible gives `visibleState` of the full fold.
 */
export const visible = (event: DomainEvent, viewer: Viewer): DomainEvent | null => {
  if (event.type === "HallPlanSet") {
    if (viewer.role === "desk" || event.data.change === undefined) return event;
    return { ...event, data: { plan: event.data.plan } };
  }
  if (viewer.role === "setup") return null;
  if (isCaseEvent(event)) return visibleCase(event, viewer);
  if (isLedgerEvent(event)) return visibleLedger(event, viewer);
  if (isWorkOrderEvent(event)) return visibleWorkOrder(event, viewer);
  if (viewer.department != null) return event.type === "DayOpened" || isOwnAnomaly(event, viewer) ? event : null;
  if (isRectificationEvent(event)) return viewer.role === "desk" ? event : null;
  const staff = isStaff(viewer.role);
  switch (event.type) {
    case "NumbersLeased":
      return viewer.role === "kiosk" && event.data.deviceId === viewer.deviceId ? event : null;
    case "CounterOpened":
      return staff ? event : { ...event, data: { ...event.data, clerkId: null, deviceId: null } };
    case "CounterPaused":
      return staff ? event : { ...event, data: { ...event.data, reason: "" } };
    case "TicketTaken": {
      if (staff && !holdsSecret(event.data)) return event;
      const { stops } = event.data;
      const data = { ...withoutSecrets(event.data), personKey: null };
      if (staff) return { ...event, data };
      const hidden = { itemCode: null, itemName: null, class: "withheld" as const, appointmentId: null };
      return { ...event, data: { ...data, ...hidden, ...(stops && { stops: stops.map(withoutItem) }) } };
    }
    case "ServiceEnded": {
      const { next, stops, ...data } = event.data;
      if (staff || next === undefined) return event;
      return { ...event, data: { ...data, next: withoutItem(next), stops: (stops ?? []).map(withoutItem) } };
    }
    case "AppointmentBooked":
      if (!seesAppointments(viewer)) return null;
      return { ...event, data: { ...event.data, ...appointmentHides(viewer) } };
    case "AppointmentCancelled":
    case "AppointmentCheckedIn":
    case "AppointmentMissed":
      return seesAppointments(viewer) ? event : null;
    case "TicketCalled":
      return staff ? event : { ...event, data: { ...event.data, clerkId: null, callCommandId: null } };
    case "TicketMissed":
      return staff ? event : { ...event, data: { ...event.data, reason: "" } };
    case "TicketCancelled":
      return staff ? event : { ...event, data: { ...event.data, reason: "" } };
    case "TicketPinned":
      return staff ? event : { ...event, data: { ...event.data, reason: "" } };
    case "TicketTransferred":
      return staff ? event : { ...event, data: { ...event.data, reason: "" } };
    case "CallWithdrawn":
      return staff ? event : null;
    case "ReviewInvited":
      if (!seesReviewOf(viewer, event.data.counterId)) return null;
      return staff ? event : { ...event, data: { ...event.data, clerkId: null } };
    case "ReviewGiven":
    case "ReviewAdded":
    case "ReviewNotGiven": {
      const { reviewId, counterId } = event.data;
      if (viewer.role === "desk") return event;
      if (!seesReviewOf(viewer, counterId)) return null;
      return { type: "ReviewClosed", v: 1, at: event.at, data: { reviewId, counterId } };
    }
    case "ReviewClosed":
      return seesReviewOf(viewer, event.data.counterId) ? event : null;
    case "ReviewClaimed":
      return null;
    case "HelpRequested":
      return staff || event.data.deviceId === viewer.deviceId ? event : null;
    case "AnomalyRecorded":
      if (viewer.role === "desk") return event;
      return event.data.deviceId === viewer.deviceId ? event : null;
    default:
      return event;
  }
};

const closedReview = ({ givenAt: _, ...review }: Review): Review => ({
  ...review,
  state: review.state === "invited" ? "invited" : "closed",
  level: null,
  tags: [],
  flags: [],
  textId: null,
  phoneId: null,
  additions: 0,
});

/** The part of a hall's state that a viewer may hold: what folding its visible events gives. */
export const visibleState = (state: HallState, viewer: Viewer): HallState => {
  const { role } = viewer;
  const staff = isStaff(role);
  if (role === "setup" || viewer.department != null) {
    const closed = [...(state.plan?.counters ?? [])].map(
      ({ id, businesses }) =>
        [id, { id, state: "closed", clerkId: null, deviceId: null, businesses, ticketId: null }] as const,
    );
    const isDepartment = role !== "setup";
    return {
      ...emptyHallState,
      plan: state.plan,
      day: isDepartment ? state.day : null,
      counters: new Map(closed),
      anomalies: isDepartment ? state.anomalies.filter((anomaly) => anomaly.deviceId === viewer.deviceId) : [],
      ...(isDepartment
        ? { ...visibleCases(state, viewer), ...visibleLedgers(state, viewer), ...visibleOrders(state, viewer) }
        : {}),
    };
  }
  const mapValues = <V>(map: ReadonlyMap<string, V>, change: (value: V) => V | null): ReadonlyMap<string, V> => {
    const next = new Map<string, V>();
    for (const [key, value] of map) {
      const changed = change(value);
      if (changed !== null) next.set(key, changed);
    }
    return next;
  };
  const ticketFor = ({ followHash: _secret, ...ticket }: Ticket): Ticket =>
    staff
      ? { ...ticket, personKey: null }
      : {
          ...ticket,
          ...(ticket.stops === undefined ? {} : { stops: ticket.stops.map(withoutItem) }),
          personKey: null,
          itemCode: null,
          itemName: null,
          class: "withheld",
          clerkId: null,
          callCommandId: null,
          ...(ticket.cameFrom === undefined
            ? {}
            : { cameFrom: { ...ticket.cameFrom, stop: withoutItem(ticket.cameFrom.stop) } }),
          appointmentId: null,
        };
  const reviewFor = (review: Review): Review | null => {
    if (!seesReviewOf(viewer, review.counterId)) return null;
    if (role === "desk") return review;
    const closed = closedReview(review);
    return staff ? closed : { ...closed, clerkId: null };
  };
  return {
    ...state,
    ...visibleCases(state, viewer),
    ...visibleLedgers(state, viewer),
    ...visibleOrders(state, viewer),
    appointments: seesAppointments(viewer)
      ? mapValues(state.appointments, (appointment) => ({ ...appointment, ...appointmentHides(viewer) }))
      : new Map(),
    noShows: new Map(),
    leases: role === "kiosk" ? state.leases.filter((lease) => lease.deviceId === viewer.deviceId) : [],
    tickets: mapValues(state.tickets, ticketFor),
    counters: staff
      ? state.counters
      : mapValues(state.counters, (counter) => ({ ...counter, clerkId: null, deviceId: null })),
    withdrawnCalls: staff ? state.withdrawnCalls : new Set(),
    reviews: mapValues(state.reviews, reviewFor),
    help: staff ? state.help : mapValues(state.help, (help) => (help.deviceId === viewer.deviceId ? help : null)),
    anomalies:
      role === "desk" ? state.anomalies : state.anomalies.filter((anomaly) => anomaly.deviceId === viewer.deviceId),
    rectifications: role === "desk" ? state.rectifications : new Map(),
    suspects: role === "desk" ? state.suspects : new Map(),
  };
};
