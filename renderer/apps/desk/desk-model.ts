import type { HallState, HelpRequest } from "../../../shared/domain/hall/state.ts";
import { waitingFor } from "../../../shared/domain/queue/call-policy.ts";
import type { CounterState, Ticket, TicketState } from "../../../shared/domain/queue/ticket.ts";
import { estimateWait, type WaitEstimate } from "../../../shared/domain/queue/wait-estimate.ts";
import { isBad, type ReviewLevel } from "../../../shared/domain/review/review.ts";

export interface DeskCounter {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly nameEn: string;
  readonly zone: string;
  readonly state: CounterState["state"];
  readonly clerkId: string | null;
  readonly businesses: readonly string[];
  readonly ticket: Ticket | undefined;
}

export interface DeskLine {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly waiting: number;
  readonly longestMs: number;
  readonly estimate: WaitEstimate;
  readonly taken: number;
}

/** A light: red is over the limit, yellow is near it. */
export interface DeskLight {
  readonly tone: "alarm" | "warn";
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly business: DeskLine | null;
}

export interface DeskModel {
  readonly counters: readonly DeskCounter[];
  readonly lines: readonly DeskLine[];
  readonly totals: Readonly<Record<"taken" | "waiting" | "serving" | "done" | "missed", number>>;
  readonly help: readonly HelpRequest[];
  readonly lights: readonly DeskLight[];
  readonly reviews: Readonly<Record<ReviewLevel, number>> & { readonly notGiven: number; readonly flagged: number };
}

const lightsOf = (lines: readonly DeskLine[], state: HallState, bad: number): readonly DeskLight[] => {
  const lights: DeskLight[] = [];
  const add = (tone: DeskLight["tone"], key: string, params: DeskLight["params"], business: DeskLine | null): void =>
    void lights.push({ tone, key, params, business });
  const { warn, alarm } = state.plan?.settings.waitLimitMinutes ?? { warn: Infinity, alarm: Infinity };
  for (const line of lines) {
    const minutes = Math.floor(line.longestMs / 60_000);
    if (line.waiting > 0 && line.estimate.openCounters === 0)
      add("alarm", "desk:light.noCounter", { n: line.waiting }, line);
    else if (minutes >= alarm) add("alarm", "desk:light.longWait", { minutes }, line);
    else if (minutes >= warn) add("warn", "desk:light.longWait", { minutes }, line);
    // Before anybody has waited for too long: who comes now will.
    else if ((line.estimate.minutes?.to ?? 0) > alarm)
      add("warn", "desk:light.willWait", { minutes: line.estimate.minutes?.to ?? 0 }, line);
    if (line.estimate.afterClosing) add("warn", "desk:light.afterClosing", { n: line.waiting }, line);
  }
  if (bad > 0) add("alarm", "desk:light.badReviews", { n: bad }, null);
  if (state.anomalies.length > 0) add("warn", "desk:light.anomalies", { n: state.anomalies.length }, null);
  return [...lights.filter(({ tone }) => tone === "alarm"), ...lights.filter(({ tone }) => tone === "warn")];
};

/** The hall right now, as the duty desk sees it. */
export const deskModelOf = (state: HallState, now: number): DeskModel => {
  const counters = (state.plan?.counters ?? []).map((planned): DeskCounter => {
    const counter = state.counters.get(planned.id);
    return {
      id: planned.id,
      number: planned.number,
      name: planned.name,
      nameEn: planned.nameEn,
      zone: planned.zone,
      state: counter?.state ?? "closed",
      clerkId: counter?.clerkId ?? null,
      businesses: counter?.businesses ?? planned.businesses,
      ticket: counter?.ticketId == null ? undefined : state.tickets.get(counter.ticketId),
    };
  });
  const lines = (state.plan?.businesses ?? []).map((business): DeskLine => {
    const waiting = waitingFor(state, business.id);
    return {
      id: business.id,
      name: business.name,
      nameEn: business.nameEn,
      waiting: waiting.length,
      longestMs: waiting.reduce((longest, ticket) => Math.max(longest, now - ticket.takenAt), 0),
      estimate: estimateWait(state, business.id, { now }),
      taken: state.taken.get(business.id) ?? 0,
    };
  });
  const by: Partial<Record<TicketState, number>> = {};
  for (const ticket of state.tickets.values())
    if (ticket.day === state.day) by[ticket.state] = (by[ticket.state] ?? 0) + 1;
  const reviews = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, notGiven: 0, flagged: 0 };
  let bad = 0;
  for (const review of state.reviews.values()) {
    if (review.state === "notGiven") reviews.notGiven += 1;
    if (review.level === null) continue;
    reviews[review.level] += 1;
    if (review.flags.length > 0) reviews.flagged += 1;
    if (isBad(review.level)) bad += 1;
  }
  return {
    counters,
    lines,
    totals: {
      taken: [...state.taken.values()].reduce((sum, count) => sum + count, 0),
      waiting: by.waiting ?? 0,
      serving: (by.called ?? 0) + (by.serving ?? 0) + (by.parked ?? 0),
      done: by.done ?? 0,
      missed: by.missed ?? 0,
    },
    help: [...state.help.values()].filter((help) => !help.answered).sort((left, right) => left.at - right.at),
    lights: lightsOf(lines, state, bad),
    reviews,
  };
};

/** Tickets of today whose number contains what was typed, the ones still in the hall first, then by number. */
export const findTickets = (state: HallState, typed: string): readonly Ticket[] => {
  const wanted = typed.trim().toUpperCase();
  const rank: Readonly<Record<TicketState, number>> = {
    called: 0,
    serving: 0,
    parked: 1,
    waiting: 2,
    missed: 3,
    done: 4,
    cancelled: 5,
  };
  return [...state.tickets.values()]
    .filter((ticket) => ticket.day === state.day && ticket.number.includes(wanted))
    .sort((left, right) => rank[left.state] - rank[right.state] || (left.number < right.number ? -1 : 1));
};
