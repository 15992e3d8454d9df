import { z } from "zod";
import { compareVersions } from "./version.ts";

const idsSchema = z.array(z.string().min(1).max(64)).min(1).max(2_000);

/** Who gets a release. At a hall "halls" has no meaning of its own: what the city hands down to it reaches all of it. */
export const reachSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nobody") }),
  z.object({ kind: z.literal("terminals"), deviceIds: idsSchema }),
  z.object({ kind: z.literal("halls"), hallIds: idsSchema }),
  z.object({ kind: z.literal("all") }),
]);
export type Reach = z.infer<typeof reachSchema>;

/** A release in its stages. Halted: nobody new gets it, whatever its reach; who has it keeps it. */
export interface StagedRelease {
  readonly version: string;
  readonly reach: Reach;
  readonly isHalted: boolean;
}

export interface ReleaseTaker {
  readonly hallId: string;
  readonly deviceId: string;
  /** What it runs now. */
  readonly version: string;
  /** What it has started and could not bring up: never offered again. */
  readonly failed: readonly string[];
}

/** Whether a reach includes a terminal. */
export const reaches = (reach: Reach, { hallId, deviceId }: Pick<ReleaseTaker, "hallId" | "deviceId">): boolean => {
  if (reach.kind === "terminals") return reach.deviceIds.includes(deviceId);
  if (reach.kind === "halls") return reach.hallIds.includes(hallId);
  return reach.kind === "all";
};

/** The newest release that a terminal is to have and has not: never an older one, a halted one, or one that failed there. */
export const offerFor = <R extends StagedRelease>(releases: readonly R[], taker: ReleaseTaker): R | undefined =>
  releases
    .filter(({ version }) => compareVersions(version, taker.version) > 0 && !taker.failed.includes(version))
    .filter(({ isHalted, reach }) => !isHalted && reaches(reach, taker))
    .sort((a, b) => compareVersions(b.version, a.version))[0];

const unite = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/**
 * A reach that includes whom either includes: stages only grow, so that nobody is left with half of a decision. To take a
 * release back there is halting it.
 */
export const widen = (from: Reach, to: Reach): Reach => {
  if (from.kind === "all" || to.kind === "nobody") return from;
  if (to.kind === "all" || from.kind === "nobody") return to;
  if (from.kind === "terminals" && to.kind === "terminals")
    return { kind: "terminals", deviceIds: unite(from.deviceIds, to.deviceIds) };
  if (from.kind === "halls" && to.kind === "halls") return { kind: "halls", hallIds: unite(from.hallIds, to.hallIds) };
  // One terminal was the trial; a hall is the stage after it. The other way round nothing is to be added.
  return to.kind === "halls" ? to : from;
};

/** What a hall hears of the city's reach: its own part of it. */
export const reachInHall = (reach: Reach, hallId: string): Reach => {
  if (reach.kind !== "halls") return reach;
  return { kind: reach.hallIds.includes(hallId) ? "all" : "nobody" };
};

/** So many of the newest releases a hall hears of, and every halted one besides. */
const NEWEST_HANDED = 20;
export const MOST_HANDED = 100;

/**
 * The releases that a city tells its halls of: what was ever given to anybody. A hall that a stage has left again has it on the terminals of
 * the trial, and must hear of its halt.
 * @param releases newest first
 */
export const handedDown = <R extends StagedRelease>(releases: readonly R[]): readonly R[] =>
  releases
    .filter(({ reach }) => reach.kind !== "nobody")
    .filter(({ isHalted }, at) => at < NEWEST_HANDED || isHalted)
    .slice(0, MOST_HANDED);

const NEWEST_KEPT = 5;

/**
 * The releases whose files are worth their room: the newest, and of each kind of reach the newest that is not halted, so that there is
 * something for everybody whatever comes after it.
 * @param releases newest first
 */
export const worthKeeping = <R extends StagedRelease>(releases: readonly R[]): readonly R[] =>
  releases.filter((release, at) => {
    if (at < NEWEST_KEPT) return true;
    const { reach } = release;
    if (reach.kind === "nobody") return false;
    return releases.find((each) => !each.isHalted && each.reach.kind === reach.kind) === release;
  });

/** How a terminal stands to a release. `failed`: it did not come up there, and the terminal went back to the version before. */
export const takerStateSchema = z.enum(["fetched", "running", "failed", "refused"]);
export type TakerState = z.infer<typeof takerStateSchema>;

/**
 * Whether a release that fails ends its own spreading, until a person says to go on: when it did not come up on two terminals, or on the
 * only one of its stage. One terminal's word alone does not keep a release from all the others.
 * @param staged how many terminals the stage has
 */
export const haltsRelease = ({ failed, staged }: { readonly failed: number; readonly staged: number }): boolean =>
  failed >= 2 || (failed === 1 && staged <= 1);
