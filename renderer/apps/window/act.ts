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
  /** The node said no; whoever asked shows why. */
  | { readonly status: "refused"; readonly refusal: Refusal }
  /** The local database did not keep it: it has not been done. */
  | { readonly status: "notKept" }
  /** Sent and not answered yet; it takes effect when it arrives. */
  | { readonly status: "onItsWay" }
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
  | Exclude<TicketAct, "CallNext">
  | "OpenCounter"
  | "PauseCounter"
  | "ResumeCounter"
  | "CloseCounter"
  | "AnswerHelp"
  | "ReopenService"
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

/**
 * How each act is sent. `record`: what the clerk does with the person at the counter, or with the own counter, is a fact
 * of the room the moment it is done, and nobody else can want it; asking first would only leave it in doubt when the
 * answer does not come. `claim`: others may want the same, so the node is asked while it can be reached.
 */
const modes: Readonly<Record<ClerkAct, "claim" | "record">> = {
  RecallTicket: "record",
  MissTicket: "record",
  BeginService: "record",
  ParkService: "record",
  EndService: "record",
  PauseCounter: "record",
  ResumeCounter: "record",
  CloseCounter: "record",
  OpenCounter: "claim",
  TransferTicket: "claim",
  ResumeService: "claim",
  ReturnTicket: "claim",
  CancelTicket: "claim",
  PinTicket: "claim",
  AnswerHelp: "claim",
  // A visit of several services may have been called on elsewhere by now.
  ReopenService: "claim",
};

/** A parked ticket of another counter may be resumed there at this moment; only the node knows. */
const isOthers = (state: HallState, type: ClerkAct, data: Readonly<Record<string, unknown>>): boolean =>
  type === "ResumeService" && state.tickets.get(String(data["ticketId"]))?.counterId !== data["counterId"];

/** The counter stands still until one of these has taken effect, so an unanswered one is recorded beside the claim. */
const blocksCounter = (state: HallState, type: ClerkAct, data: Readonly<Record<string, unknown>>): boolean => {
  switch (type) {
    case "OpenCounter":
      return state.counters.get(String(data["counterId"]))?.state === "closed";
    case "TransferTicket":
    case "CancelTicket": {
      const ticket = state.tickets.get(String(data["ticketId"]));
      return ticket !== undefined && ticket.counterId !== null && allowsAct(ticket.state, type);
    }
    case "RecallTicket":
    case "MissTicket":
    case "BeginService":
    case "ParkService":
    case "EndService":
    case "PauseCounter":
    case "ResumeCounter":
    case "CloseCounter":
    case "ResumeService":
    case "ReturnTicket":
    case "PinTicket":
    case "AnswerHelp":
    case "ReopenService":
      return false;
  }
};

/**
 * Does an act of the clerk. A claim that cannot be asked becomes a record; one that was sent and not answered is on its
 * way and must not be done twice, unless the counter would stand still until then.
 */
export const perform = async <T extends ClerkAct>(port: ActPort, type: T, data: CommandData<T>): Promise<ActResult> => {
  const outcome = await port.send(type, data, { mode: modes[type] });
  if (outcome.status !== "offline" && outcome.status !== "unanswered") return ended(outcome);
  const values = data as Readonly<Record<string, unknown>>;
  if (outcome.status === "unanswered" && !blocksCounter(port.state(), type, values)) return { status: "onItsWay" };
  if (isOthers(port.state(), type, values)) return { status: "needsNode" };
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
