import type { CommandData, CommandType } from "../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { allowsAct, type TicketAct } from "../../../shared/domain/queue/allowed.ts";
import { offlineLineOf } from "../../../shared/domain/queue/offline-line.ts";
import type { SendOutcome, Terminal } from "../../store/terminal.ts";

/** What acts need of the terminal. */
export interface ActPort {
  readonly send: Terminal["send"];
  /** The state shown now: confirmed events and this terminal's own pending acts. */
  readonly state: () => HallState;
}

/** How an act of the clerk ended. */
export type ActResult =
  | { readonly status: "done" }
  /** The store shows the sentence as a notice. */
  | { readonly status: "refused"; readonly refusal: Refusal }
  /** The local database did not keep it: it has not been done. */
  | { readonly status: "notKept" }
  /** Only the node can decide it, and the node is out of reach. */
  | { readonly status: "needsNode" };

/** How "call next" ended, which alone may need a word of the clerk. */
export type CallResult =
  | ActResult
  /** The node is out of reach; calling on alone has to be agreed to once per outage. */
  | { readonly status: "askOffline" }
  /** Nobody is in this counter's share of the cached line. */
  | { readonly status: "nobodyOffline" }
  /** Sent and not answered: it may still take effect, and the clerk may go on without the network. */
  | { readonly status: "unansweredCall"; readonly callCommandId: string };

/** Acts of the clerk on what this counter holds, or on the counter itself, and on the line beside it. */
export type ClerkAct = Extract<
  CommandType,
  Exclude<TicketAct, "CallNext"> | "OpenCounter" | "PauseCounter" | "ResumeCounter" | "CloseCounter" | "AnswerHelp"
>;

const ended = (outcome: SendOutcome): ActResult => {
  switch (outcome.status) {
    case "accepted":
    case "kept":
      return { status: "done" };
    case "refused":
      return { status: "refused", refusal: outcome.refusal };
    case "notKept":
      return { status: "notKept" };
    case "offline":
    case "unanswered":
      // A record is never answered so; kept here for claims whose caller has gone further already.
      return { status: "needsNode" };
  }
};

/** True when the shown state still waits for the act, i.e. an unanswered claim has not taken effect here. */
const stillOpen = (state: HallState, type: ClerkAct, data: Readonly<Record<string, unknown>>): boolean => {
  const counter = typeof data["counterId"] === "string" ? state.counters.get(data["counterId"]) : undefined;
  switch (type) {
    case "OpenCounter":
      return counter?.state === "closed";
    case "PauseCounter":
      return counter?.state === "open";
    case "ResumeCounter":
      return counter?.state === "paused";
    case "CloseCounter":
      return counter !== undefined && counter.state !== "closed";
    case "AnswerHelp":
      return state.help.get(String(data["helpId"]))?.answered === false;
    case "PinTicket": {
      const ticket = state.tickets.get(String(data["ticketId"]));
      return ticket?.state === "waiting" && !ticket.pinned;
    }
    // A second call sounds again: better once too few than twice.
    case "RecallTicket":
      return false;
    case "MissTicket":
    case "ReturnTicket":
    case "CancelTicket":
    case "TransferTicket":
    case "BeginService":
    case "ParkService":
    case "ResumeService":
    case "EndService": {
      const ticket = state.tickets.get(String(data["ticketId"]));
      return ticket !== undefined && allowsAct(ticket.state, type);
    }
  }
};

/** A parked ticket of another counter may be resumed there at this moment; only the node knows. */
const isOthers = (state: HallState, type: ClerkAct, data: Readonly<Record<string, unknown>>): boolean =>
  type === "ResumeService" && state.tickets.get(String(data["ticketId"]))?.counterId !== data["counterId"];

/**
 * Does an act of the clerk: asks the node, and when it cannot be asked or does not answer, records what has happened in
 * the room. An unanswered claim stays in the outbox; it is recorded beside it only while the shown state does not have
 * its effect, so that nothing is done twice.
 */
export const perform = async <T extends ClerkAct>(port: ActPort, type: T, data: CommandData<T>): Promise<ActResult> => {
  const outcome = await port.send(type, data, { mode: "claim" });
  if (outcome.status !== "offline" && outcome.status !== "unanswered") return ended(outcome);
  const values = data as Readonly<Record<string, unknown>>;
  if (isOthers(port.state(), type, values)) return { status: "needsNode" };
  if (outcome.status === "unanswered" && !stillOpen(port.state(), type, values)) return { status: "done" };
  return ended(await port.send(type, data, { mode: "record" }));
};

/** Records the call of the next person in this counter's own share of the cached line. */
const callOffline = async (port: ActPort, counterId: string): Promise<CallResult> => {
  const next = offlineLineOf(port.state(), counterId)[0];
  if (next === undefined) return { status: "nobodyOffline" };
  return ended(await port.send("CallNext", { counterId, ticketId: next.id }, { mode: "record" }));
};

/**
 * Calls the next person. Reachable, the node picks; out of reach, the counter calls from its own share of the cached
 * line, after the clerk has agreed to that once in this outage.
 */
export const callNext = async (
  port: ActPort,
  counterId: string,
  { offlineAgreed }: { readonly offlineAgreed: boolean },
): Promise<CallResult> => {
  const outcome = await port.send("CallNext", { counterId }, { mode: "claim" });
  if (outcome.status === "unanswered") {
    if (port.state().counters.get(counterId)?.ticketId != null) return { status: "done" };
    return { status: "unansweredCall", callCommandId: outcome.commandId };
  }
  if (outcome.status !== "offline") return ended(outcome);
  return offlineAgreed ? callOffline(port, counterId) : { status: "askOffline" };
};

/**
 * Goes on without the network after a call whose answer never came: takes that call back, then calls from the own share
 * of the cached line. If the node had made the first call after all, its ticket waits on at its old place.
 * @param callCommandId the unanswered call, or null when none was sent
 */
export const goOnWithoutNode = async (
  port: ActPort,
  counterId: string,
  callCommandId: string | null,
): Promise<CallResult> => {
  if (callCommandId !== null) {
    const withdrawn = await port.send("WithdrawCall", { callCommandId }, { mode: "record" });
    if (withdrawn.status === "notKept") return { status: "notKept" };
  }
  return callOffline(port, counterId);
};

/**
 * Whether an unanswered call is still unknown: neither made, nor taken back, nor refused.
 */
export const isCallOpen = (state: HallState, callCommandId: string): boolean => {
  if (state.withdrawnCalls.has(callCommandId)) return false;
  for (const ticket of state.tickets.values()) if (ticket.callCommandId === callCommandId) return false;
  return true;
};
