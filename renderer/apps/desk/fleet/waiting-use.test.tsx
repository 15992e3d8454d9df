import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ListedOrder } from "../../../../shared/contract/fleet-orders.ts";
import { WaitingUse } from "./waiting-use.tsx";

/*
 * Another use that waits, as the desk reads it (sentences by their keys):
 * - at the hall: until nobody is at the screen;
 * - at a city whose hall is away: what the hall will do then, and only what can still be wished.
 */
const order: ListedOrder = {
  orderId: "01932b7e-0000-7000-8000-000000000001",
  deviceId: "d",
  what: "role",
  askedAt: 0,
  askedBy: "",
  isOfCity: false,
  state: "open",
  refusal: null,
  waitsFor: "hall",
  becomes: { role: "display", counterId: null },
  isAtOnce: false,
};
const drawn = (change: Partial<ListedOrder>): readonly string[] =>
  renderToStaticMarkup(
    <WaitingUse
      waiting={{ ...order, ...change }}
      now={{ role: "kiosk", counterId: null }}
      name="取号机"
      mayAct
      offset={480}
      give={() => undefined}
    />,
  ).match(/fleet:[\w.]+/g) ?? [];

const [now, takeBack] = ["fleet:waiting.now", "fleet:waiting.takeBack"];

it.each<[string, Partial<ListedOrder>, readonly string[]]>([
  ["waits at the hall", { waitsFor: "alone" }, ["fleet:waiting.alone", now, takeBack]],
  ["waits for the hall", {}, ["fleet:waiting.hall", now, takeBack]],
  ["is to be done at once", { isAtOnce: true }, ["fleet:waiting.hallNow", takeBack]],
  ["is taken back", { becomes: { role: "kiosk", counterId: null } }, ["fleet:waiting.hallStays"]],
])("says so when it %s", (_, change, keys) => {
  expect(drawn(change)).toEqual(keys);
});
