import { uuidv7 } from "uuidv7";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import type { OrderContact } from "../../shared/contract/work-orders.ts";
import type { Command, CommandData } from "../../shared/domain/hall/commands.ts";
import { refusalError } from "../appointments/refusals.ts";
import type { HallLog } from "../log/hall-log.ts";

const NODE = { role: "node", deviceId: null, clerkId: null, counterId: null } as const;

/**
 * Raises an order for somebody who is not in the hall. The same id again answers the same number and keeps nothing more.
 * @returns the order's number
 */
export const raiseOrder = async (
  hall: HallLog,
  order: Pick<
    CommandData<"RaiseWorkOrder">,
    "orderId" | "flow" | "channel" | "problem" | "itemCode" | "itemName" | "externalId"
  >,
  told: { readonly words: string; readonly contact: OrderContact | null },
  now: number,
): Promise<string> => {
  const { orderId } = order;
  const wordsId = `${orderId}.words`;
  const contactId = told.contact === null ? null : `${orderId}.contact`;
  const personal: PersonalRecord[] = [{ id: wordsId, kind: "orderWords", value: told.words }];
  if (told.contact !== null && contactId !== null)
    personal.push({ id: contactId, kind: "orderContact", value: JSON.stringify(told.contact) });
  const data = { ...order, intakeId: null, caseId: null, ticketNumber: null, wordsId, contactId };
  // A fresh id each time: what was refused and then put right must not be refused for having been asked before.
  const command: Command = { id: uuidv7(), type: "RaiseWorkOrder", mode: "claim", at: now, data };
  const result = await hall.execute(command, NODE, personal);
  if (result.status === "refused") throw refusalError(result.refusal);
  const number = hall.state.workOrders.get(orderId)?.number ?? hall.state.orderReceipts.get(orderId);
  if (number === undefined) throw refusalError({ code: "order_unknown", params: {} });
  return number;
};
