import { expect, it } from "vitest";
import type { Rectification } from "../../../../shared/domain/rectification/rectification.ts";
import { orderRows } from "./order-model.ts";

const NOW = Date.UTC(2026, 10, 23);
const DAY = 86_400_000;
const order = (id: string, dueIn: number, closedAt: number | null = null): Rectification =>
  ({
    id,
    isNamed: true,
    dueAt: NOW + dueIn * DAY,
    yellowAt: NOW + (dueIn - 1) * DAY,
    closedAt,
    cause: null,
    callBacks: [],
    appeal: null,
  }) as unknown as Rectification;

it("puts what is over its limit first, then what is near it, then by limit, and closed ones last", () => {
  const rows = orderRows(
    [order("later", 6), order("closed", 1, NOW), order("over", -2), order("near", 1), order("soon", 3)],
    NOW,
    3,
  );
  expect(rows.map(({ order: { id }, light }) => [id, light])).toEqual([
    ["over", "red"],
    ["near", "yellow"],
    ["soon", null],
    ["later", null],
    ["closed", null],
  ]);
  expect(rows[0]).toMatchObject({ next: "cause", daysLeft: -2 });
});
