import type { HallPlan } from "../hall/plan.ts";
import type { HallState } from "../hall/state.ts";
import type { ReviewFlag, ReviewInput } from "./review.ts";

/** Time a quick reader needs at least for one tag of seven characters (about 25 characters a second at a glance). */
export const TAG_READ_MS = 300;

type Limits = Pick<
  HallPlan["settings"],
  "reviewTooFastMs" | "reviewBurstCount" | "reviewBurstSeconds" | "reviewSamePersonDaily"
>;

/** What is known of a review when it comes in. Instants and durations in milliseconds. */
export interface SignalFacts {
  /** From the faces being shown to the choice. */
  readonly elapsedMs: number;
  /** From the faces being shown to "send"; undefined: not measured. */
  readonly totalMs: number | undefined;
  readonly tagCount: number;
  /** What the choice was made with; undefined: not known. */
  readonly input: ReviewInput | undefined;
  /** The screen hangs on the clerk's own computer: its mouse and keyboard are the clerk's. */
  readonly isOnStaffComputer: boolean;
  readonly hasService: boolean;
  /** The invitation had ended before. */
  readonly isLate: boolean;
  readonly at: number;
  /** When other reviews of the same counter were given today. */
  readonly givenAtCounter: Iterable<number>;
  /** Reviews that the same person gave today before this one; 0 when the person is not known. */
  readonly bySamePerson: number;
}

/**
 * Signs of a false review (domain.md, Review): each is told to the desk with its explanation. None of them changes what
 * the person said, and none takes the review out of the score: only a decision of the desk does.
 */
export const signalsOf = (facts: SignalFacts, limits: Limits): readonly ReviewFlag[] => {
  const flags: ReviewFlag[] = [];
  const readingMs = limits.reviewTooFastMs + facts.tagCount * TAG_READ_MS;
  if (facts.elapsedMs < limits.reviewTooFastMs || (facts.totalMs !== undefined && facts.totalMs < readingMs))
    flags.push("tooFast");
  if (facts.isLate) flags.push("late");
  if (!facts.hasService) flags.push("noService");
  if (facts.input === "script") flags.push("staffInput");
  else if (facts.isOnStaffComputer && (facts.input === "mouse" || facts.input === "keyboard")) flags.push("staffInput");
  let near = 1;
  for (const given of facts.givenAtCounter)
    if (Math.abs(given - facts.at) <= limits.reviewBurstSeconds * 1000) near += 1;
  if (near >= limits.reviewBurstCount) flags.push("burst");
  if (facts.bySamePerson + 1 >= limits.reviewSamePersonDaily) flags.push("samePerson");
  return flags;
};

/** When today's other reviews of a counter were given. */
export const givenAtCounter = (state: HallState, counterId: string | null, except: string): readonly number[] => {
  const instants: number[] = [];
  if (counterId === null) return instants;
  for (const review of state.reviews.values()) {
    if (review.counterId === counterId && review.givenAt !== undefined && review.id !== except)
      instants.push(review.givenAt);
  }
  return instants;
};

/** How many reviews of today come from the person who holds a ticket; 0 when nobody knows who that is. */
export const countBySamePerson = (state: HallState, ticketId: string, except: string): number => {
  const personKey = state.tickets.get(ticketId)?.personKey ?? null;
  if (personKey === null) return 0;
  let count = 0;
  for (const review of state.reviews.values()) {
    if (review.givenAt === undefined || review.ticketId === null || review.id === except) continue;
    if (state.tickets.get(review.ticketId)?.personKey === personKey) count += 1;
  }
  return count;
};

/** Flags that wait for the desk's decision; a late review is only late. */
export const isSuspect = (flags: readonly ReviewFlag[]): boolean => flags.some((flag) => flag !== "late");
