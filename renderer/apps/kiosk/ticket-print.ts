import type { TicketPrint } from "../../../shared/contract/ipc.ts";

/** The texts of a printed ticket, already in the language of the person. */
export interface TicketTexts {
  readonly language: string;
  readonly hallName: string;
  readonly sampleNote: string | null;
  readonly kind: string;
  readonly business: string;
  readonly item: string | null;
  readonly lines: readonly string[];
  /** Address of the ticket's page; null: no code on the paper. */
  readonly qr: string | null;
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
  language: texts.language,
  hallName: cut(texts.hallName, 80),
  sampleNote: texts.sampleNote === null ? null : cut(texts.sampleNote, 80),
  kind: cut(texts.kind, 20),
  business: cut(texts.business, 60),
  item: texts.item === null ? null : cut(texts.item, 200),
  lines: texts.lines.slice(0, 12).map((line) => cut(line, 120)),
  ...(texts.qr === null ? {} : { qr: texts.qr }),
});
