import type { Progress } from "../../shared/domain/case/progress.ts";
import { orderContactSchema } from "../../shared/contract/work-orders.ts";
import { orderProgressOf } from "../../shared/domain/work-order/progress.ts";
import type { WorkOrder } from "../../shared/domain/work-order/work-order.ts";
import { endsOneOf } from "../cases/applicant-check.ts";
import type { CenterContext } from "../context.ts";
import { readSealedText } from "../identity/sealed-text.ts";

/** Year and serial, as a work order's number is written. */
const NUMBER = /^\d{4}-\d{4,8}$/;

/**
 * How far an order is, for whoever knows its number and the last four characters of the telephone that was left with it. Numbers
 * repeat in every hall: among several, one try would be held against a telephone of each, so that nothing is found.
 */
export const findOrderProgress = async (
  { database, personal, halls }: Pick<CenterContext, "database" | "personal" | "halls">,
  hallIds: readonly string[],
  asked: { readonly number: string; readonly last4: string },
): Promise<readonly Progress[]> => {
  if (hallIds.length !== 1 || !NUMBER.test(asked.number)) return [];
  const { rows } = await database.query<{ hall_id: string; state: string; box: Buffer | null }>(
    `SELECT o.hall_id, o.state, p.box FROM work_orders o
     LEFT JOIN personal p ON p.hall_id = o.hall_id AND p.id = o.state::jsonb ->> 'contactId' AND p.kind = 'orderContact'
     WHERE o.hall_id = ANY ($1) AND o.state::jsonb ->> 'number' = $2`,
    [hallIds, asked.number],
  );
  const found: Progress[] = [];
  for (const { hall_id: hallId, state, box } of rows) {
    const order = JSON.parse(state) as WorkOrder;
    const { plan } = (await halls.get(hallId)).hall;
    if (plan === null || box === null || order.contactId === null) continue;
    const kept = personal.open(hallId, { id: order.contactId, kind: "orderContact" }, box);
    const contact = readSealedText(orderContactSchema, kept);
    if (contact && endsOneOf([contact.phone], asked.last4)) found.push(orderProgressOf(order, plan));
  }
  return found;
};
