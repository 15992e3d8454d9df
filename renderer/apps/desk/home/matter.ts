import type { MatterKind } from "../../../../shared/contract/desk-search.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { ledgersOf } from "../../../../shared/domain/ledger/ledgers.ts";
import { hashOf } from "../route.ts";

/** One thing that has happened in a matter. */
export interface MatterLine {
  readonly at: number;
  readonly kind: MatterKind;
  /** Key of the sentence and what it names. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Where it is worked on; null: nowhere at the desk. */
  readonly href: string | null;
  /** Id of the clerk who did it; null: nobody did, or it is not known. */
  readonly by: string | null;
}

/** Everything of one visit, by their ids. */
export interface Matter {
  readonly ticketIds: ReadonlySet<string>;
  readonly intakeIds: ReadonlySet<string>;
  readonly caseIds: ReadonlySet<string>;
  readonly reviewIds: ReadonlySet<string>;
  readonly orderIds: ReadonlySet<string>;
  readonly entryIds: ReadonlySet<string>;
}

/** Field kinds of ledgers that name a ticket or a case by its number. */
const namesNumber: ReadonlySet<string> = new Set(["ticket", "case"]);

const numbersOfEntry = (hall: HallState, entryId: string): readonly string[] => {
  const entry = hall.ledgerEntries.get(entryId);
  const definition = entry && ledgersOf(hall.plan).get(entry.ledgerId);
  return (definition?.fields ?? [])
    .filter(({ kind }) => namesNumber.has(kind))
    .map(({ id }) => entry?.values[id])
    .filter((value): value is string => typeof value === "string" && value !== "");
};

/**
 * Everything that belongs to the same matter as one thing: the ticket, what was taken in with it, the cases behind that, its reviews
 * and their orders, and ledger entries that name one of their numbers. Goes by ids and numbers, never by who the person is.
 */
export const matterFrom = (hall: HallState, kind: MatterKind, id: string): Matter => {
  const ticketIds = new Set<string>();
  const intakeIds = new Set<string>();
  const caseIds = new Set<string>();
  const reviewIds = new Set<string>();
  const orderIds = new Set<string>();
  const entryIds = new Set<string>();
  ({ ticket: ticketIds, case: caseIds, review: reviewIds, order: orderIds, entry: entryIds })[kind].add(id);
  const entryNumbers = new Map([...hall.ledgerEntries.keys()].map((each) => [each, numbersOfEntry(hall, each)]));
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    for (const entryId of entryIds)
      for (const number of entryNumbers.get(entryId) ?? []) {
        for (const one of hall.cases.values()) if (one.number === number) caseIds.add(one.id);
        for (const ticket of hall.tickets.values()) if (ticket.number === number) ticketIds.add(ticket.id);
      }
    for (const reviewId of reviewIds) {
      const order = hall.rectifications.get(reviewId);
      const ticketId = order?.ticketId ?? hall.reviews.get(reviewId)?.ticketId;
      if (ticketId != null) ticketIds.add(ticketId);
      if (order?.caseId != null) caseIds.add(order.caseId);
    }
    for (const caseId of caseIds) {
      const intakeId = hall.cases.get(caseId)?.intakeId;
      if (intakeId !== undefined) intakeIds.add(intakeId);
    }
    for (const intake of hall.intakes.values()) {
      if (intake.ticketId !== null && ticketIds.has(intake.ticketId)) intakeIds.add(intake.id);
      if (!intakeIds.has(intake.id)) continue;
      if (intake.ticketId !== null) ticketIds.add(intake.ticketId);
      for (const caseId of intake.caseIds) caseIds.add(caseId);
    }
    for (const review of hall.reviews.values())
      if (review.ticketId !== null && ticketIds.has(review.ticketId)) reviewIds.add(review.id);
    for (const order of hall.rectifications.values())
      if (
        (order.ticketId !== null && ticketIds.has(order.ticketId)) ||
        (order.caseId !== null && caseIds.has(order.caseId))
      )
        reviewIds.add(order.id);
    for (const order of hall.workOrders.values()) {
      const { asked, ticketNumber } = order;
      const ticket = [...hall.tickets.values()].find(({ number }) => number === ticketNumber);
      const isOfIt =
        (asked?.caseId != null && caseIds.has(asked.caseId)) ||
        (asked?.intakeId != null && intakeIds.has(asked.intakeId)) ||
        (ticket !== undefined && ticketIds.has(ticket.id));
      if (isOfIt) orderIds.add(order.id);
      if (!orderIds.has(order.id)) continue;
      if (asked?.caseId != null) caseIds.add(asked.caseId);
      if (asked?.intakeId != null) intakeIds.add(asked.intakeId);
      if (ticket !== undefined) ticketIds.add(ticket.id);
    }
    const numbers = new Set([
      ...[...caseIds].map((each) => hall.cases.get(each)?.number),
      ...[...ticketIds].map((each) => hall.tickets.get(each)?.number),
    ]);
    for (const [entryId, named] of entryNumbers) if (named.some((number) => numbers.has(number))) entryIds.add(entryId);
    now = ticketIds.size + intakeIds.size + caseIds.size + reviewIds.size + orderIds.size + entryIds.size;
  }
  return { ticketIds, intakeIds, caseIds, reviewIds, orderIds, entryIds };
};

type Add = (
  at: number | null | undefined,
  kind: MatterKind,
  key: string,
  params?: MatterLine["params"],
  href?: string | null,
  by?: string | null,
) => void;

const addTickets = (hall: HallState, matter: Matter, add: Add): void => {
  for (const id of matter.ticketIds) {
    const ticket = hall.tickets.get(id);
    if (!ticket) continue;
    const params = { number: ticket.number, item: ticket.itemName ?? "", counter: ticket.counterId ?? "–" };
    add(ticket.takenAt, "ticket", "taken", params);
    const { clerkId } = ticket;
    add(ticket.calledAt, "ticket", "called", params, null, clerkId);
    add(ticket.servingSince, "ticket", "served", params, null, clerkId);
    add(ticket.endedAt, "ticket", "ended", params, null, clerkId);
  }
};

const addCases = (hall: HallState, matter: Matter, add: Add): void => {
  for (const id of matter.intakeIds) {
    const intake = hall.intakes.get(id);
    if (!intake) continue;
    const params = { number: intake.number };
    add(intake.openedAt, "case", "takenIn", params, null, intake.clerkId);
    for (const correction of intake.corrections) add(correction.at, "case", "corrected", params, null, intake.clerkId);
  }
  for (const id of matter.caseIds) {
    const one = hall.cases.get(id);
    if (!one) continue;
    const params = { number: one.number, item: one.itemName };
    const href = hashOf("cases", one.id);
    if (one.decision === null) add(one.touchedAt, "case", `stands.${one.state}`, params, href);
    else add(one.decision.at, "case", `decided.${one.decision.outcome}`, params, href);
    add(one.handOut?.at, "case", "handedOut", params, href);
  }
};

const addReviews = (hall: HallState, matter: Matter, add: Add): void => {
  for (const id of matter.reviewIds) {
    const review = hall.reviews.get(id);
    if (review?.level != null) add(review.givenAt, "review", "given", { level: review.level });
    const order = hall.rectifications.get(id);
    if (!order) continue;
    const href = hashOf("reviews", "orders", id);
    const params = { department: order.department, level: order.level };
    add(order.openedAt, "review", "orderOpened", params, href);
    for (const call of order.callBacks) add(call.at, "review", `callBack.${call.outcome}`, params, href);
    add(order.closedAt, "review", "orderClosed", params, href);
  }
};

const addOrders = (hall: HallState, matter: Matter, add: Add): void => {
  for (const id of matter.orderIds) {
    const order = hall.workOrders.get(id);
    if (!order) continue;
    const href = hashOf("orders", id);
    for (const { at, type, by, department } of order.notes)
      add(at, "order", "orderStep", { number: order.number, type, department: department ?? "" }, href, by);
  }
};

const addEntries = (hall: HallState, matter: Matter, add: Add): void => {
  for (const id of matter.entryIds) {
    const entry = hall.ledgerEntries.get(id);
    const definition = entry && ledgersOf(hall.plan).get(entry.ledgerId);
    if (!entry || !definition) continue;
    const href = hashOf("ledgers", entry.ledgerId, entry.id);
    for (const act of entry.history) {
      const state = definition.states.find((each) => each.id === act.to);
      const params = { number: entry.number, ledger: definition.name, state: state?.name ?? act.to };
      add(act.at, "entry", act.kind === "amend" ? "entryAmended" : "entryMoved", params, href, act.by);
    }
  }
};

/** What has happened in a matter, oldest first. */
export const linesOf = (hall: HallState, matter: Matter): readonly MatterLine[] => {
  const lines: MatterLine[] = [];
  const add: Add = (at, kind, key, params = {}, href, by) => {
    if (at != null) lines.push({ at, kind, key: `home:line.${key}`, params, href: href ?? null, by: by ?? null });
  };
  addTickets(hall, matter, add);
  addCases(hall, matter, add);
  addReviews(hall, matter, add);
  addOrders(hall, matter, add);
  addEntries(hall, matter, add);
  return lines.sort((left, right) => left.at - right.at);
};
