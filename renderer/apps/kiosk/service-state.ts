import type { HallState } from "../../../shared/domain/hall/state.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { takeBlockOf } from "../../../shared/domain/hours/take-block.ts";
import { estimateWait, type WaitEstimate } from "../../../shared/domain/queue/wait-estimate.ts";

/** What a person should know of a business before taking a number. */
export interface ServiceState {
  readonly wait: WaitEstimate;
  /** `paused`: somebody sits there but does not call now; `none`: nobody serves it now. */
  readonly counters: "open" | "paused" | "none";
  /** Numbers of the counters that serve it, to watch; the open ones, or else the paused ones. */
  readonly counterNumbers: readonly number[];
  /** Why no number can be taken now, or null. */
  readonly block: Refusal | null;
}

/** @param ticketId the person's own ticket, when there is one already */
export const serviceStateOf = (state: HallState, businessId: string, now: number, ticketId?: string): ServiceState => {
  const serving = [...state.counters.values()].filter(
    (counter) => counter.state !== "closed" && counter.businesses.includes(businessId),
  );
  const open = serving.filter((counter) => counter.state === "open");
  const watched = open.length > 0 ? open : serving;
  const numberOf = (id: string): number | undefined =>
    state.plan?.counters.find((counter) => counter.id === id)?.number;
  return {
    block: takeBlockOf(state, businessId, now),
    wait: estimateWait(state, businessId, { now, ticketId }),
    counters: open.length > 0 ? "open" : serving.length > 0 ? "paused" : "none",
    counterNumbers: watched
      .map((counter) => numberOf(counter.id))
      .filter((number) => number !== undefined)
      .sort((one, other) => one - other),
  };
};
