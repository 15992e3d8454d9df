import { expect, it } from "vitest";
import { reportOf } from "../testing/terminal-report.ts";
import { fleetLimitsSchema } from "../domain/fleet/fleet-limits.ts";
import { fleetAnswerResponseSchema, fleetListResponseSchema } from "./fleet.ts";

/*
 * What a newer center tells an older desk: what the desk does not know of an order, a terminal or a refusal costs it that, and not the list.
 */
const orderId = "01932b7e-0000-7000-8000-000000000001";
const order = {
  orderId,
  deviceId: "d",
  what: "lock",
  askedAt: 1,
  askedBy: "",
  isOfCity: false,
  state: "refused",
  refusal: "superseded",
};
const terminal = {
  deviceId: "d",
  name: "取号机",
  role: "kiosk",
  counterId: null,
  department: null,
  enrolledAt: 0,
  seenAt: 1,
  lockedAt: null,
  lockReason: "",
  revokedAt: null,
  reportedAt: 1,
  report: reportOf(),
};
const list = {
  hallName: "测试大厅",
  limits: fleetLimitsSchema.parse({}),
  nodeVersion: "9.0.0",
  counters: [],
  now: 1,
  heardAt: 1,
};

it("is read as far as it is understood", () => {
  const told = fleetListResponseSchema.parse({
    ...list,
    terminals: [terminal, { ...terminal, role: "robot" }, { ...terminal, report: { version: 9 } }],
    orders: [order, { ...order, what: "dance" }, { ...order, refusal: "too_tired" }],
  });
  expect(told.orders.map(({ what, refusal }) => [what, refusal])).toEqual([
    ["lock", "superseded"],
    ["lock", "failed"],
  ]);
  expect(told.terminals.map(({ role, report }) => [role, report?.version])).toEqual([
    ["kiosk", reportOf().version],
    ["kiosk", undefined],
  ]);
  const ended = { state: "refused", refusal: "too_tired", answeredAt: null, answer: null };
  expect(fleetAnswerResponseSchema.parse(ended).refusal).toBe("failed");
});
