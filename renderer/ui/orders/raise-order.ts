import type { PersonalRecord } from "../../../shared/contract/api.ts";
import { orderContactSchema } from "../../../shared/contract/work-orders.ts";
import type { CommandData } from "../../../shared/domain/hall/commands.ts";
import type { SendOutcome, Terminal } from "../../store/terminal.ts";

/** What is told when an order is raised by staff. */
export interface Told extends Pick<
  CommandData<"RaiseWorkOrder">,
  "orderId" | "flow" | "problem" | "itemCode" | "itemName" | "intakeId" | "caseId" | "ticketNumber"
> {
  readonly channel: "counter" | "desk";
  /** The person's own words; empty: none beside what comes along. */
  readonly words: string;
  /** Left out when it is no number that somebody could be called at. */
  readonly contact: { readonly name: string; readonly phone: string };
}

/**
 * Raises an order for somebody who stands or calls here: a record, with the node or without it. Words and contact go sealed
 * beside it. The same id a second time raises nothing more.
 * @returns the order's id, or why it was not kept
 */
export const raiseOrder = async (
  terminal: Terminal,
  { orderId, words, contact, ...told }: Told,
): Promise<{ readonly orderId: string | null; readonly outcome: SendOutcome }> => {
  const known = orderContactSchema.safeParse({ ...contact, name: contact.name.slice(0, 40) });
  const wordsId = words === "" ? null : `${orderId}.words`;
  const contactId = known.success ? `${orderId}.contact` : null;
  const personal: PersonalRecord[] = [];
  if (wordsId !== null) personal.push({ id: wordsId, kind: "orderWords", value: words });
  if (contactId !== null) personal.push({ id: contactId, kind: "orderContact", value: JSON.stringify(known.data) });
  const data = { orderId, ...told, externalId: null, wordsId, contactId };
  const outcome = await terminal.send("RaiseWorkOrder", data, { mode: "record", personal });
  const isKept = outcome.status === "kept" || outcome.status === "accepted";
  return { orderId: isKept ? orderId : null, outcome };
};
