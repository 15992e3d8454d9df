import type { HallPlan } from "../../../shared/domain/hall/plan.ts";
import type { BoardCall, HallState } from "../../../shared/domain/hall/state.ts";
import { waitingFor } from "../../../shared/domain/queue/call-policy.ts";
import type { Connection } from "../../store/terminal.ts";

/** Older calls are shown and not spoken: whoever they called has gone there or is called again. */
export const SPOKEN_WITHIN_MS = 60_000;
/** So long the line may be silent before the board says that its data are old. */
export const STALE_AFTER_MS = 10_000;
/** With so many waiting their turn, a ticket called again meanwhile is announced once. */
const MERGE_FROM = 4;
/** A call stands alone at least so long when nothing is spoken. */
export const SHOWN_MS = 6_000;

export interface BoardRow {
  readonly call: BoardCall;
  /** As people see it; the counter's id when the plan does not know it. */
  readonly counterNumber: string;
}

export interface BoardLine {
  readonly businessId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly waiting: number;
  /** Numbers only, next first. */
  readonly next: readonly string[];
}

const NEXT_SHOWN = 3;

/** The part of the hall that a board shows. */
export interface BoardScope {
  readonly counters: ReadonlySet<string>;
  readonly businesses: ReadonlySet<string>;
}

/**
 * What a board of these zones shows: their counters, and the businesses served there.
 * @returns null for the whole hall, counters included that the plan does not know
 */
export const scopeOf = (plan: HallPlan | null, zones: readonly string[] | null): BoardScope | null => {
  if (plan === null || zones === null) return null;
  const counters = plan.counters.filter(({ zone }) => zones.includes(zone));
  return {
    counters: new Set(counters.map(({ id }) => id)),
    businesses: new Set(counters.flatMap(({ businesses }) => businesses)),
  };
};

const callsIn = (calls: readonly BoardCall[], scope: BoardScope | null): readonly BoardCall[] =>
  scope === null ? calls : calls.filter(({ counterId }) => scope.counters.has(counterId));

const isOver = (state: HallState, call: BoardCall): boolean => {
  const ticket = state.tickets.get(call.ticketId);
  // Taken back, missed, cancelled or sent on: nobody shall go there any more.
  return ticket !== undefined && ["waiting", "missed", "cancelled"].includes(ticket.state);
};

export const rowOf = (state: HallState, call: BoardCall): BoardRow => ({
  call,
  counterNumber: String(
    state.plan?.counters.find((counter) => counter.id === call.counterId)?.number ?? call.counterId,
  ),
});

/** All calls that are still of use, newest first, each ticket once at its last counter. */
export const lastCalls = (state: HallState, scope: BoardScope | null): readonly BoardRow[] => {
  // By ticket over the whole hall first: who was sent on to a counter of another zone is no longer called here.
  const latest = new Map(state.calls.map((call) => [call.ticketId, call]));
  const newestFirst = [...new Set([...state.calls].reverse().map((call) => latest.get(call.ticketId) ?? call))];
  return callsIn(newestFirst, scope)
    .filter((call) => !isOver(state, call))
    .map((call) => rowOf(state, call));
};

/** Called, and not yet at the counter. */
const isAwaited = (state: HallState, { call }: BoardRow): boolean =>
  state.tickets.get(call.ticketId)?.state === "called";

/**
 * The rows below the large call, by pages that the board turns: everybody who is awaited at a counter, however many; where
 * there is room, the last ones who have gone there already.
 * @param shown the ticket that fills the upper part
 */
export const rowPages = (
  state: HallState,
  scope: BoardScope | null,
  shown: string | null,
  rowsAPage: number,
): readonly (readonly BoardRow[])[] => {
  const rows = lastCalls(state, scope).filter(({ call }) => call.ticketId !== shown);
  const awaited = rows.filter((row) => isAwaited(state, row));
  if (awaited.length <= rowsAPage) {
    const alsoShown = new Set([...awaited, ...rows.filter((row) => !awaited.includes(row))].slice(0, rowsAPage));
    return [rows.filter((row) => alsoShown.has(row))];
  }
  const pages: BoardRow[][] = [];
  for (let from = 0; from < awaited.length; from += rowsAPage) pages.push(awaited.slice(from, from + rowsAPage));
  return pages;
};

/** Who is next, per business, and how many wait. */
export const boardLines = (state: HallState, scope: BoardScope | null): readonly BoardLine[] =>
  (state.plan?.businesses ?? [])
    .filter(({ id }) => scope === null || scope.businesses.has(id))
    .map(({ id, name, nameEn, names }) => {
      const line = waitingFor(state, id);
      return {
        businessId: id,
        name,
        nameEn,
        names,
        waiting: line.length,
        next: line.slice(0, NEXT_SHOWN).map((ticket) => ticket.number),
      };
    });

/** Calls on their way to be shown large and spoken, one after the other. */
export interface CallQueue {
  /** Hall time of the start; what was called before is not announced again. */
  readonly startedAt: number;
  readonly heard: ReadonlySet<string>;
  readonly coming: readonly BoardCall[];
  readonly current: BoardCall | null;
}

export const newCallQueue = (startedAt: number): CallQueue => ({
  startedAt,
  heard: new Set(),
  coming: [],
  current: null,
});

/** Takes in the calls of a new state that are in the board's scope. A re-call is a call of its own. */
export const hearCalls = (
  queue: CallQueue,
  allCalls: readonly BoardCall[],
  now: number,
  scope: BoardScope | null = null,
): CallQueue => {
  const calls = callsIn(allCalls, scope);
  const fresh = calls.filter((call) => !queue.heard.has(call.seqKey));
  if (fresh.length === 0) return queue;
  // Only what the feed still carries has to be remembered.
  const heard = new Set(calls.map((call) => call.seqKey));
  const spoken = fresh.filter((call) => call.at > queue.startedAt && now - call.at <= SPOKEN_WITHIN_MS);
  return { ...queue, heard, coming: [...queue.coming, ...spoken] };
};

/** True when a later call speaks for this one: always when it leads to another counter, else when many wait. */
const isReplaced = (coming: readonly BoardCall[], call: BoardCall, at: number): boolean =>
  coming
    .slice(at + 1)
    .some(
      (later) =>
        later.ticketId === call.ticketId && (later.counterId !== call.counterId || coming.length >= MERGE_FROM),
    );

/** Nobody has to be called any more who is at the counter already. */
const isHeeded = (state: HallState, call: BoardCall): boolean => {
  const ticket = state.tickets.get(call.ticketId);
  return ticket !== undefined && ticket.state !== "called";
};

/** The next call to announce; one that was heeded, taken back, spoken for by a later one, or has grown old is skipped. */
export const advance = (queue: CallQueue, state: HallState, now: number): CallQueue => {
  const coming = queue.coming
    .filter((call, at) => !isReplaced(queue.coming, call, at))
    .filter((call) => !isHeeded(state, call) && now - call.at <= SPOKEN_WITHIN_MS * 2);
  const [current = null, ...rest] = coming;
  return { ...queue, current, coming: rest };
};

/** With more than so many waiting to be spoken, each is said once only, so that all are heard in time. */
const SAID_TWICE_UP_TO = 1;
const SAID_TWICE = 2;

/** How often the current call is said. */
export const timesSaid = (queue: CallQueue): number => (queue.coming.length > SAID_TWICE_UP_TO ? 1 : SAID_TWICE);

/** What fills the upper third: the call being announced, else the newest one. */
export const shownCall = (queue: CallQueue, state: HallState, scope: BoardScope | null): BoardRow | null =>
  queue.current === null ? (lastCalls(state, scope)[0] ?? null) : rowOf(state, queue.current);

/**
 * Since when the data are not fresh; null while they are.
 * @param startedAt when the board was started, for one that never heard the node
 */
export const staleSince = (
  connection: Pick<Connection, "link" | "lastHeardAt">,
  startedAt: number,
  now: number,
): number | null => {
  if (connection.link === "online") return null;
  const since = connection.lastHeardAt ?? startedAt;
  return now - since > STALE_AFTER_MS ? since : null;
};
