import type { TicketPrint } from "../../../shared/contract/ipc.ts";

/** The texts of a printed ticket, already in the language of the person. */
export interface TicketTexts {
  readonly hallName: string;
  readonly sampleNote: string | null;
  readonly kind: string;
  readonly business: string;
  readonly item: string | null;
  readonly lines: readonly string[];
}

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;

/** A ticket that fits what the printer's channel takes: long names are cut, never refused. */
export const ticketPrintOf = (
  ticket: { readonly ticketId: string; readonly number: string; readonly takenAt: number },
  texts: TicketTexts,
): TicketPrint => ({
  ticketId: ticket.ticketId,
  number: ticket.number,
  takenAt: ticket.takenAt,
  hallName: cut(texts.hallName, 80),
  sampleNote: texts.sampleNote === null ? null : cut(texts.sampleNote, 80),
  kind: cut(texts.kind, 20),
  business: cut(texts.business, 60),
  item: texts.item === null ? null : cut(texts.item, 200),
  lines: texts.lines.slice(0, 12).map((line) => cut(line, 120)),
});

/**
 * What the QR code holds, for a phone to keep: hall, number, time and the ticket's own id. Plain text and not an address,
 * as long as the hall has no page that follows the queue: a link to nowhere would be worse.
 */
export const ticketQrText = (hallName: string, number: string, dateTime: string, ticketId: string): string =>
  [hallName, number, dateTime, ticketId].join("\n");
