import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FleetOrder } from "../../../../shared/contract/fleet-orders.ts";
import { askNode } from "../../../store/http.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { carryOut } from "./fleet-api.ts";

/*
 * A desk that waits for the end of an order, by a clock of its own:
 * 1. What the hall's node does: a moment, then it says that the hall does it later. What a terminal does: two minutes.
 * 2. A desk that may not any more, and an order that is not known any more, end the wait at once; a center that is away does not.
 */
const ORDER_ID = "01932b7e-0000-7000-8000-000000000001";
let asked = 0;
let answer: () => Response;

let fetch: (url: string) => Promise<Response>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  fetch = (url) => {
    if (url.endsWith("/order"))
      return Promise.resolve(Response.json({ orderId: ORDER_ID, state: "open", refusal: null }));
    asked += 1;
    return Promise.resolve(answer());
  };
});
afterEach(() => {
  vi.useRealTimers();
});

const environment: Parameters<typeof askNode>[0] = {
  fetch: (url) => fetch(url as string),
  after: () => () => undefined,
};
const terminal = {
  askAs: (path: string, body: object) => askNode(environment, `https://city.test${path}`, body),
  clerk: { get: () => ({ clerkId: "c" }) },
} as unknown as Terminal;
const stillOpen = (): Response => Response.json({ state: "open", refusal: null, answeredAt: null, answer: null });
const errorOf = (status: number, code: string) => (): Response =>
  Response.json({ error: { code, message: "", params: {} } }, { status });
const outcomeOf = async (order: FleetOrder, ms: number) => {
  const outcome = carryOut(terminal, "hall", "t", order, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(ms);
  return Promise.race([outcome, Promise.resolve("still waiting")]);
};
const lock: FleetOrder = { what: "lock", reason: "检修" };

it("waits a moment for a node and two minutes for a terminal", async () => {
  answer = stillOpen;
  expect(await outcomeOf(lock, 6_000)).toEqual({ answer: null, isPending: true });
  expect(await outcomeOf({ what: "logs" }, 100_000)).toBe("still waiting");
  expect(await outcomeOf({ what: "logs" }, 130_000)).toEqual({ fault: "fleet:refused.expired" });
});

it("says that an order may not have been given when nobody answers", async () => {
  fetch = () => Promise.reject(new TypeError("the line broke"));
  expect(await outcomeOf(lock, 100)).toEqual({ fault: "fleet:notGiven" });
});

it("stops when it may not ask any more or nothing is known of the order", async () => {
  answer = errorOf(401, "unauthorised");
  expect(await outcomeOf({ what: "logs" }, 1_500)).toEqual({ fault: "fleet:refused.not_permitted" });
  answer = errorOf(404, "not_found");
  expect(await outcomeOf({ what: "logs" }, 1_500)).toEqual({ fault: "fleet:refused.expired" });
});

it("asks again while the center is away", async () => {
  const done = () => Response.json({ state: "done", refusal: null, answeredAt: 1, answer: null });
  answer = () => (asked < 3 ? errorOf(503, "unavailable")() : done());
  expect(await outcomeOf(lock, 4_000)).toEqual({ answer: null, isPending: false });
});
