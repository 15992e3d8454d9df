import {
  lacksOf,
  lightOf,
  type LightStep,
  type Rectification,
  type RectificationLack,
} from "../../../../shared/domain/rectification/rectification.ts";

/** An order as the list shows it. */
export interface OrderRow {
  readonly order: Rectification;
  readonly light: LightStep | null;
  /** What comes next; null: it can be closed, or is closed. */
  readonly next: RectificationLack | null;
  /** Whole days after today until it is due, negative when over. */
  readonly daysLeft: number;
}

const DAY_MS = 86_400_000;
const rank: Readonly<Record<"red" | "yellow" | "none" | "closed", number>> = { red: 0, yellow: 1, none: 2, closed: 3 };

/** Orders with the most pressing first: red, yellow, then by limit; closed ones at the end, the newest first. */
export const orderRows = (orders: Iterable<Rectification>, now: number, callBackTries: number): readonly OrderRow[] =>
  [...orders]
    .map((order): OrderRow => ({
      order,
      light: lightOf(order, now),
      next: lacksOf(order, callBackTries)[0] ?? null,
      daysLeft: Math.floor((order.dueAt - now) / DAY_MS),
    }))
    .sort((left, right) => {
      const of = ({ order, light }: OrderRow): number => rank[order.closedAt !== null ? "closed" : (light ?? "none")];
      return (
        of(left) - of(right) ||
        (left.order.closedAt !== null
          ? (right.order.closedAt ?? 0) - left.order.closedAt
          : left.order.dueAt - right.order.dueAt)
      );
    });
