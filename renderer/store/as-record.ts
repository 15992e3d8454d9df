import type { OutboundCommand } from "../../shared/contract/api.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";

/**
 * An accepted claim as the record of what came of it, with the same id: told again to a node that was put back from an
 * older backup, it must lead to the very number that was printed and the very person who was called, not to others.
 * @param state the confirmed state after it
 */
export const asRecord = (outbound: OutboundCommand, state: HallState): OutboundCommand => {
  const { command } = outbound;
  if (command.mode === "record" || command.type === "LeaseNumbers") return outbound;
  return { ...outbound, command: { ...command, mode: "record", data: outcomeOf(command, state) } as Command };
};

const outcomeOf = (command: Command, state: HallState): Command["data"] => {
  if (command.type === "TakeTicket") {
    const ticket = state.tickets.get(command.data.ticketId);
    return ticket ? { ...command.data, lease: { day: ticket.day, serial: ticket.serial } } : command.data;
  }
  if (command.type === "CallNext") {
    for (const ticket of state.tickets.values())
      if (ticket.callCommandId === command.id) return { ...command.data, ticketId: ticket.id };
  }
  return command.data;
};
