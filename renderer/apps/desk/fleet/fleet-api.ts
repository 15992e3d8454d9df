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
import { isForTerminal, type FleetOrder, type TerminalAnswer } from "../../../../shared/contract/fleet-orders.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { askDesk } from "../ask-desk.ts";

const ASK_EVERY_MS = 1_000;
/** As long as the center keeps it open, and a little for the way. */
const TERMINAL_WAIT_MS = 125_000;
/** A hall that is on line has done it by then. */
const NODE_WAIT_MS = 5_000;

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
export type Outcome =
  | { readonly answer: TerminalAnswer | null; /** The hall does it when it is on line. */ readonly isPending: boolean }
  | { readonly fault: string };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const NOT_PERMITTED = { fault: "fleet:refused.not_permitted" };
const EXPIRED = { fault: "fleet:refused.expired" };

/**
 * Gives an order and waits until it has ended: a terminal's for as long as the center keeps it open; what a hall's node does for a
 * moment only, for a hall without a line does it when it has one.
 */
export const carryOut = async (
  terminal: Terminal,
  hallId: string | null,
  terminalId: string,
  order: FleetOrder,
  signal: AbortSignal,
): Promise<Outcome> => {
  const given = await giveOrder(terminal, hallId, terminalId, order);
  if (!given.ok) return given.error === "unauthorised" ? NOT_PERMITTED : { fault: "fleet:notGiven" };
  const { orderId } = given.value;
  let { state, refusal }: Pick<Given, "state" | "refusal"> = given.value;
  let answer: TerminalAnswer | null = null;
  const waitMs = isForTerminal(order) ? TERMINAL_WAIT_MS : NODE_WAIT_MS;
  for (let waited = 0; state === "open" && waited < waitMs && !signal.aborted; waited += ASK_EVERY_MS) {
    await wait(ASK_EVERY_MS);
    const asked = await askDesk(terminal, `${FLEET_PATH}/answer`, fleetAnswerResponseSchema, { hallId, orderId });
    // The center may be away for a moment; it keeps the order. Not, when it knows the order or the clerk no more.
    if (asked.ok) ({ state, refusal, answer } = asked.value);
    else if (asked.error === "unauthorised") return NOT_PERMITTED;
    else if (asked.error === "not_found") return EXPIRED;
  }
  if (state === "done") return { answer, isPending: false };
  if (state === "refused") return { fault: `fleet:refused.${refusal ?? "failed"}` };
  return state === "open" && !isForTerminal(order) ? { answer: null, isPending: true } : EXPIRED;
};
