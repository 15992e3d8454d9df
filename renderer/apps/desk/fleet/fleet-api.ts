import type { z } from "zod";
import type { Result } from "../../../../shared/basics/result.ts";
import {
  FLEET_PATH,
  fleetAnswerResponseSchema,
  fleetHallsResponseSchema,
  fleetListResponseSchema,
  fleetOrderResponseSchema,
  type FleetList,
} from "../../../../shared/contract/fleet.ts";
import type { FleetOrder, TerminalAnswer } from "../../../../shared/contract/fleet-orders.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { askDesk } from "../ask-desk.ts";

const ASK_EVERY_MS = 1_000;

/** @param hallId another hall than the desk's own; null: its own */
export const readFleet = (terminal: Terminal, hallId: string | null): Promise<Result<FleetList, string>> =>
  askDesk(terminal, `${FLEET_PATH}/list`, fleetListResponseSchema, { hallId });

export const readHalls = (terminal: Terminal): Promise<Result<z.infer<typeof fleetHallsResponseSchema>, string>> =>
  askDesk(terminal, `${FLEET_PATH}/halls`, fleetHallsResponseSchema);

export type Given = z.infer<typeof fleetOrderResponseSchema>;

export const giveOrder = (
  terminal: Terminal,
  hallId: string | null,
  terminalId: string,
  order: FleetOrder,
): Promise<Result<Given, string>> =>
  askDesk(terminal, `${FLEET_PATH}/order`, fleetOrderResponseSchema, { hallId, terminalId, order });

/** What became of an order: the answer, or the key of a sentence that says why there is none. */
export type Outcome = { readonly answer: TerminalAnswer | null } | { readonly fault: string };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives an order and waits until it has ended, for as long as the center keeps it open. */
export const carryOut = async (
  terminal: Terminal,
  hallId: string | null,
  terminalId: string,
  order: FleetOrder,
  signal: AbortSignal,
): Promise<Outcome> => {
  const given = await giveOrder(terminal, hallId, terminalId, order);
  if (!given.ok) return { fault: given.error === "unauthorised" ? "fleet:refused.not_permitted" : "fleet:failed" };
  const { orderId } = given.value;
  let { state, refusal }: Pick<Given, "state" | "refusal"> = given.value;
  let answer: TerminalAnswer | null = null;
  while (state === "open" && !signal.aborted) {
    await wait(ASK_EVERY_MS);
    const asked = await askDesk(terminal, `${FLEET_PATH}/answer`, fleetAnswerResponseSchema, { hallId, orderId });
    // The center may be away for a moment; it keeps the order.
    if (asked.ok) ({ state, refusal, answer } = asked.value);
  }
  if (state === "done") return { answer };
  return { fault: state === "refused" ? `fleet:refused.${refusal ?? "failed"}` : "fleet:refused.expired" };
};
