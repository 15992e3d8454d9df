import type { CommandType } from "../hall/commands.ts";
import type { TicketState } from "./ticket.ts";

/** Commands that act on a ticket that is already in the line. */
export type TicketAct = Extract<
  CommandType,
  | "CallNext"
  | "RecallTicket"
  | "MissTicket"
  | "ReturnTicket"
  | "CancelTicket"
  | "PinTicket"
  | "TransferTicket"
  | "BeginService"
  | "ParkService"
  | "ResumeService"
  | "EndService"
>;

const table: Readonly<Record<TicketState, readonly TicketAct[]>> = {
  waiting: ["CallNext", "CancelTicket", "PinTicket"],
  called: ["RecallTicket", "MissTicket", "CancelTicket", "TransferTicket", "BeginService"],
  serving: ["ParkService", "TransferTicket", "EndService"],
  parked: ["ResumeService", "ReturnTicket"],
  missed: ["ReturnTicket"],
  done: [],
  cancelled: [],
};

/** The one table of allowed moves (domain.md, Queue): it draws the buttons and refuses on the node. */
export const allowsAct = (state: TicketState, act: TicketAct): boolean => table[state].includes(act);
