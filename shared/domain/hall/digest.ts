import type { HallState } from "./state.ts";

/** cyrb53: two interleaved 32-bit mixes, 53 bits; finds divergence between honest copies, is no protection. */
const mix53 = (text: string, seed = 0): number => {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
};

const sum = (parts: Iterable<string>): string => {
  // Adding is independent of order, so no copy has to be sorted.
  let high = 0;
  let low = 0;
  for (const part of parts) {
    const mixed = mix53(part);
    low = (low + (mixed >>> 0)) >>> 0;
    high = (high + Math.floor(mixed / 4294967296)) >>> 0;
  }
  return `${high.toString(16)}.${low.toString(16)}`;
};

/**
 * A short text that is equal for equal visible states: the node sends it, the terminal compares it with its own, so that
 * a silent divergence is found. Cheap enough for every half minute over a day of 5,000 tickets.
 * @param state a state as `visibleState` gives it
 */
export const stateDigest = (state: HallState): string =>
  [
    state.day ?? "-",
    sum(
      (function* () {
        for (const ticket of state.tickets.values())
          yield `${ticket.id}|${ticket.number}|${ticket.state}|${ticket.counterId ?? ""}|${String(ticket.lineKey)}|${String(ticket.calls)}|${String(ticket.serviceNo)}|${ticket.pinned ? "p" : ""}`;
      })(),
    ),
    sum(
      (function* () {
        for (const counter of state.counters.values())
          yield `${counter.id}|${counter.state}|${counter.ticketId ?? ""}|${counter.clerkId ?? ""}|${counter.businesses.join(",")}`;
      })(),
    ),
    sum(
      (function* () {
        for (const review of state.reviews.values())
          yield `${review.id}|${review.state}|${String(review.level)}|${String(review.additions)}`;
      })(),
    ),
    sum(
      (function* () {
        for (const lease of state.leases)
          yield `${lease.day}|${lease.businessId}|${String(lease.from)}|${String(lease.to)}`;
      })(),
    ),
    sum(
      (function* () {
        for (const intake of state.intakes.values())
          yield `${intake.id}|${intake.number}|${intake.state}|${String(intake.touchedAt)}|${String(intake.caseIds.length)}`;
        for (const one of state.cases.values())
          yield `${one.id}|${one.number}|${one.state}|${String(one.touchedAt)}|${one.due?.promised ?? ""}`;
        for (const lease of state.caseLeases) yield `${String(lease.from)}|${String(lease.next)}`;
      })(),
    ),
    String(state.anomalies.length),
    String(state.help.size),
    sum(
      (function* () {
        for (const order of state.rectifications.values())
          yield `${order.id}|${order.department}|${String(order.round)}|${order.cause ?? ""}|${String(order.callBacks.length)}|${String(order.escalated.length)}|${String(order.dueAt)}|${String(order.closedAt)}`;
        for (const suspect of state.suspects.keys()) yield suspect;
      })(),
    ),
    sum(
      (function* () {
        for (const appointment of state.appointments.values()) yield `${appointment.id}|${appointment.state}`;
      })(),
    ),
    String(state.notices.size),
    ...(state.ledgerEntries.size === 0
      ? []
      : [
          sum(
            (function* () {
              for (const entry of state.ledgerEntries.values())
                yield `${entry.id}|${entry.number}|${entry.state}|${String(entry.history.length)}|${entry.departments.join(",")}`;
            })(),
          ),
        ]),
    sum(
      (function* () {
        for (const order of state.workOrders.values())
          yield `${order.id}|${order.status}|${order.department ?? ""}|${String(order.notes.length)}|${String(order.clock.due?.dueAt)}`;
        for (const [id, number] of state.orderReceipts) yield `${id}|${number}`;
        for (const { id, corrections } of state.orderReports.values()) yield `${id}|${String(corrections.length)}`;
      })(),
    ),
    `${String(state.orderSerial?.last)}|${String(state.orderFiled.department)}|${String(state.orderFiled.lead)}`,
  ].join("/");
