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

/** The last calls, newest first, each ticket once at its last counter; what is over for the person is left out. */
export const lastCalls = (state: HallState, limit: number): readonly BoardRow[] => {
  const rows: BoardRow[] = [];
  const seen = new Set<string>();
  for (const call of [...state.calls].reverse()) {
    if (rows.length >= limit) break;
    if (seen.has(call.ticketId)) continue;
    seen.add(call.ticketId);
    if (!isOver(state, call)) rows.push(rowOf(state, call));
  }
  return rows;
};

/** Who is next, per business, and how many wait. */
export const boardLines = (state: HallState): readonly BoardLine[] =>
  (state.plan?.businesses ?? []).map(({ id, name, nameEn, names }) => {
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

/** Takes in the calls of a new state. A re-call is a call of its own. */
export const hearCalls = (queue: CallQueue, calls: readonly BoardCall[], now: number): CallQueue => {
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

/** The next call to announce; one that was taken back, spoken for by a later one, or has grown old is skipped. */
export const advance = (queue: CallQueue, state: HallState, now: number): CallQueue => {
  const coming = queue.coming
    .filter((call, at) => !isReplaced(queue.coming, call, at))
    .filter((call) => !isOver(state, call) && now - call.at <= SPOKEN_WITHIN_MS * 2);
  const [current = null, ...rest] = coming;
  return { ...queue, current, coming: rest };
};

/** What fills the upper third: the call being announced, else the newest one. */
export const shownCall = (queue: CallQueue, state: HallState): BoardRow | null =>
  queue.current === null ? (lastCalls(state, 1)[0] ?? null) : rowOf(state, queue.current);

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
