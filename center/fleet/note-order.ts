import type { StaffAct } from "../../shared/contract/desk-audit.ts";
import type { FleetAct } from "../../shared/domain/fleet/acts.ts";
import { noteActs } from "../identity/staff-audit.ts";
import type { Queryable } from "../log/store.ts";
import type { Placed } from "./order-book.ts";

const actOf: Readonly<Record<FleetAct, StaffAct>> = {
  lock: "terminal.lock",
  unlock: "terminal.unlock",
  rename: "terminal.rename",
  role: "terminal.role",
  revoke: "terminal.revoke",
  logs: "terminal.logs",
  readSettings: "terminal.readSettings",
  applySettings: "terminal.applySettings",
};

const reasonOf = ({ order, isOfCity, askedBy }: Placed): string => {
  const why =
    order.what === "lock" || order.what === "revoke"
      ? order.reason
      : order.what === "rename"
        ? order.name
        : order.what === "role"
          ? [order.role, order.counterId ?? "", order.nowBecause ?? ""].filter((part) => part !== "").join(" ")
          : "";
  return isOfCity ? `${askedBy} ${why}`.trim() : why;
};

/** Who gives an order, at which desk. */
export interface OrderedBy {
  readonly hallId: string;
  readonly deviceId: string;
  readonly clerkId: string;
}

/** Notes who orders what of a terminal, before it is done. */
export const noteOrder = (db: Queryable, by: OrderedBy, placed: Placed, now: number): Promise<void> =>
  noteActs(
    db,
    { device: by, clerkId: by.clerkId },
    [{ act: actOf[placed.order.what], detail: placed.deviceId, reason: reasonOf(placed) }],
    now,
  );
