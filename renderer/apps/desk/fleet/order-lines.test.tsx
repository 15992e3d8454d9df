import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ListedOrder } from "../../../../shared/contract/fleet-orders.ts";
import { OrderLines } from "./order-lines.tsx";

/*
 * An order of a city to a hall, as the desk reads it (sentences by their keys): a hall that is away may take it later; one that has been heard
 * for minutes since and has not taken it is told apart, for its program may not know such an order and not be able to say so.
 */
const MINUTE = 60_000;
const order: ListedOrder = {
  orderId: "01932b7e-0000-7000-8000-000000000001",
  deviceId: "d",
  what: "lock",
  askedAt: 100 * MINUTE,
  askedBy: "",
  isOfCity: false,
  state: "open",
  refusal: null,
  waitsFor: "hall",
  becomes: null,
  isAtOnce: false,
};
const drawn = (change: Partial<ListedOrder>, heardAt: number, now: number): string | undefined =>
  renderToStaticMarkup(
    <OrderLines
      orders={[{ ...order, ...change }]}
      hall={{ now, heardAt, nodeVersion: "0.1.0", centerVersion: "0.2.0" }}
      offset={480}
    />,
  ).match(/fleet:(?:state|waitsFor)\.\w+/)?.[0];

it.each<[string, Partial<ListedOrder>, number, string, number?]>([
  ["was given a moment ago", {}, 101, "fleet:waitsFor.hall"],
  ["waits for a hall that has been away since before", {}, 40, "fleet:waitsFor.hall"],
  ["is not taken by a hall that is heard", {}, 105, "fleet:waitsFor.notTaken"],
  ["was not taken by a hall that has gone silent since", {}, 105, "fleet:waitsFor.hall", 120],
  ["waits for its terminal", { waitsFor: "terminal" }, 105, "fleet:waitsFor.terminal"],
  ["is done", { state: "done", waitsFor: null }, 105, "fleet:state.done"],
])("says how an order stands that %s", (_, change, minute, key, now = minute) => {
  expect(drawn(change, minute * MINUTE, now * MINUTE)).toBe(key);
});
