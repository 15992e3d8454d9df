import { TOO_FEW, wilson, type Share } from "../review/figures.ts";
import { ratesOf, type Coverage, type CoverageRates } from "./coverage.ts";
import { countNames, type HallCounts, type OpenThing } from "./hall-counts.ts";

/**
 * How a hall's history can part from what its city holds. `restored`: it came back from a backup and went on after all that
 * the city holds. `rewritten`: under a new name of the log, but with events that claim to be older than what the city held
 * already. `forked`: under the same name; never an honest hall's doing.
 */
export const disputeKinds = ["restored", "rewritten", "forked"] as const;
export type DisputeKind = (typeof disputeKinds)[number];

/** Where and how the histories part, and when the city saw it, in milliseconds. */
export interface Dispute {
  /** The first event that is another one. */
  readonly seq: number;
  readonly kind: DisputeKind;
  readonly seenAt: number;
}

/** Whether a hall's history was changed afterwards: a backup that was put back is no fault. */
export const isRewritten = (dispute: Pick<Dispute, "kind"> | null): boolean =>
  dispute !== null && dispute.kind !== "restored";

/** One hall in the city's view. */
export interface HallLine {
  readonly hallId: string;
  readonly name: string;
  /** First six digits of the administrative division; empty: the hall's plan names none. */
  readonly area: string;
  readonly areaName: string;
  readonly counts: HallCounts;
  readonly lights: { readonly open: number; readonly yellow: number; readonly red: number };
  /** Levels 3 to 5 among the reviews, with its interval; null while they are too few to say anything. */
  readonly satisfied: Share | null;
  /** Closed orders about bad reviews that were in time; null while they are too few. */
  readonly onTime: Share | null;
  /** Its items, as it counts them; null: it has not said. */
  readonly coverage: Coverage | null;
  /** When the hall was last heard of; null: never. */
  readonly heardAt: number | null;
  /** Where its history parted from what the city held, a rewritten one before a backup's; null: it never did. */
  readonly dispute: Dispute | null;
}

/** What of one kind runs out in a hall. */
export interface OpenKind {
  readonly kind: OpenThing["kind"];
  readonly lights: HallLine["lights"];
  /** The earliest end of a limit; null: no clock runs. */
  readonly oldestDueAt: number | null;
}

/** A share that says something, or null: fewer than `TOO_FEW` rank nobody. */
const told = (part: number, of: number): Share | null => (of < TOO_FEW ? null : wilson(part, of));

/** The shares of a hall's counts. */
export const sharesOf = (counts: HallCounts): Pick<HallLine, "satisfied" | "onTime"> => ({
  satisfied: told(counts.reviews - counts.bad, counts.reviews),
  onTime: told(counts.ordersOnTime, counts.ordersClosed),
});

/** All halls together; the rates are of those that have given their figures, `given` of them. */
export interface AllHalls extends Pick<HallLine, "counts" | "lights" | "satisfied" | "onTime"> {
  readonly rates: CoverageRates;
  readonly given: number;
}

export const sumOf = (lines: readonly HallLine[]): AllHalls => {
  const counts = Object.fromEntries(
    countNames.map((name) => [name, lines.reduce((sum, line) => sum + line.counts[name], 0)]),
  ) as HallCounts;
  const lights = { open: 0, yellow: 0, red: 0 };
  for (const { lights: own } of lines) {
    lights.open += own.open;
    lights.yellow += own.yellow;
    lights.red += own.red;
  }
  const coverages = lines.map(({ coverage }) => coverage);
  const given = coverages.filter((coverage) => coverage !== null).length;
  return { counts, lights, ...sharesOf(counts), rates: ratesOf(coverages), given };
};

/**
 * Halls in the order in which they need somebody: a rewritten history first, then red lights, then yellow ones, then by area and name. Never by satisfaction:
 * where intervals overlap an order would be made up.
 */
export const inNeed = (lines: readonly HallLine[]): readonly HallLine[] =>
  [...lines].sort(
    (left, right) =>
      Number(isRewritten(right.dispute)) - Number(isRewritten(left.dispute)) ||
      right.lights.red - left.lights.red ||
      right.lights.yellow - left.lights.yellow ||
      (left.area < right.area ? -1 : left.area > right.area ? 1 : left.name < right.name ? -1 : 1),
  );

/** Whether a hall's satisfaction is lower than all halls' together beyond chance: its interval lies below theirs. */
export const isBelow = (line: HallLine, all: Share | null): boolean =>
  line.satisfied !== null && all !== null && line.satisfied.to < all.from;
