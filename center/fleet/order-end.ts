import type { FleetRefusal, ListedOrder } from "../../shared/contract/fleet-orders.ts";

/** How an order stands. */
export type Ended = Pick<ListedOrder, "state" | "refusal">;

export const OPEN: Ended = { state: "open", refusal: null };
export const DONE: Ended = { state: "done", refusal: null };
export const refused = (refusal: FleetRefusal): Ended => ({ state: "refused", refusal });
