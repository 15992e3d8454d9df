import type { TicketClass } from "./ticket.ts";

/** Highest serial of a business and day: the number format has three digits (domain.md, Queue). */
export const MAX_SERIAL = 999;

/** The prefix that a class prints before the business letter: V green channel 绿色通道, Y appointment 预约. */
export const prefixOf = (ticketClass: TicketClass): "" | "V" | "Y" =>
  ticketClass === "green" ? "V" : ticketClass === "appointment" ? "Y" : "";

/**
 * The number as people see and hear it: `A012`, `VA003`, `YB101`.
 * @param serial 1-999, one series per business and day whatever the prefix
 */
export const formatNumber = (ticketClass: TicketClass, businessId: string, serial: number): string =>
  `${prefixOf(ticketClass)}${businessId}${String(serial).padStart(3, "0")}`;

/** A ticket's number as boards and papers show it. */
export const TICKET_NUMBER = /^[VY]?[A-Z]\d{3}(\+\d)?$/;

/** What tells a number apart that was given more than once: `+1` of `A012+1`, empty for most. */
export const suffixOf = (number: string): string => {
  const at = number.indexOf("+");
  return at < 0 ? "" : number.slice(at);
};

/** The first of `+1`, `+2` … that nobody has. @param isUsed whether a ticket of this serial has it */
export const freeSuffix = (isUsed: (suffix: string) => boolean): string => {
  let extra = 1;
  while (isUsed(`+${String(extra)}`)) extra += 1;
  return `+${String(extra)}`;
};
