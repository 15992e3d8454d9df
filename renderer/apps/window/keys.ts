import type { CounterState, Ticket } from "../../../shared/domain/queue/ticket.ts";
import { allowsAct } from "../../../shared/domain/queue/allowed.ts";
import type { HotkeyName } from "../../ui/staff/hotkeys.ts";

/** The acts that have a function key, in the order of the keys. */
export type WindowAct = "callNext" | "recall" | "miss" | "begin" | "end" | "park" | "transfer" | "pause";

/** look.md: all of them stand on the buttons. */
export const keyOf: Readonly<Record<WindowAct, HotkeyName>> = {
  callNext: "F2",
  recall: "F3",
  miss: "F4",
  begin: "F5",
  end: "F6",
  park: "F7",
  transfer: "F8",
  pause: "F9",
};

/** Which acts are possible now, by the one table of allowed moves. */
export const possibleActs = (counter: CounterState | undefined, ticket: Ticket | undefined): ReadonlySet<WindowAct> => {
  const possible = new Set<WindowAct>();
  if (!counter || counter.state === "closed") return possible;
  possible.add("pause");
  if (!ticket) {
    if (counter.state === "open") possible.add("callNext");
    return possible;
  }
  if (allowsAct(ticket.state, "RecallTicket")) possible.add("recall");
  if (allowsAct(ticket.state, "MissTicket")) possible.add("miss");
  if (allowsAct(ticket.state, "BeginService")) possible.add("begin");
  if (allowsAct(ticket.state, "EndService")) possible.add("end");
  if (allowsAct(ticket.state, "ParkService")) possible.add("park");
  if (allowsAct(ticket.state, "TransferTicket")) possible.add("transfer");
  return possible;
};
