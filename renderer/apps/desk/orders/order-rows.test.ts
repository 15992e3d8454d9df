import { describe, expect, it } from "vitest";
import { workOrderRulesOf } from "../../../../shared/domain/work-order/rules.ts";
import { OrderHall } from "../../../../shared/testing/work-order-fixture.ts";
import { countRows, departmentsOf, findRows, orderRows } from "./order-rows.ts";

const DAY = 86_400_000;
const rules = workOrderRulesOf(null);

const hall = new OrderHall();
hall.raise({ orderId: "late" });
hall.now += 3 * DAY;
hall.raise({ orderId: "new", itemName: "户外广告" });
hall.raise({ orderId: "done" });
hall.give({ role: "desk", deviceId: "d", clerkId: "lin", counterId: null }, "RejectWorkOrder", {
  orderId: "done",
  exclusion: "legal",
  reason: "属于涉法事项",
  turnTo: "公共法律服务中心",
});
const rows = orderRows(hall.state.workOrders.values(), hall.now, rules);

describe("the list of orders", () => {
  it("has the most pressing one first and what is closed last", () => {
    expect(rows.map(({ order }) => order.id)).toEqual(["late", "new", "done"]);
    expect(rows.map(({ light }) => light)).toEqual(["red", null, null]);
    expect(rows[0]).toMatchObject({ next: "scope", daysLeft: -2 });
    expect(rows[2]).toMatchObject({ next: null, daysLeft: null });
  });

  it("counts and finds by filter and word", () => {
    expect(countRows(rows)).toMatchObject({ open: 2, unassigned: 2, red: 1, closed: 1, supervised: 0, all: 3 });
    expect(findRows(rows, "open", "广告").map(({ order }) => order.id)).toEqual(["new"]);
    expect(findRows(rows, "all", "2026-0003").map(({ order }) => order.id)).toEqual(["done"]);
  });
});

describe("departments to choose from", () => {
  it("are each there once", () => {
    const counters = [{ department: "区卫健委" }, {}];
    expect(departmentsOf(counters, [{ department: "区卫健委" }, { department: "" }], [])).toEqual(["区卫健委"]);
  });
});
