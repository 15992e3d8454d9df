import { spread } from "../../basics/spread.ts";
import type { HallState } from "../hall/state.ts";
import { lineOfCounter, mayServe } from "./call-policy.ts";
import type { Ticket } from "./ticket.ts";

/**
 * Which open counter may call a ticket while the counters cannot reach each other. Every counter works it out alone and
 * comes to the same answer from the same line (rendezvous hashing), so that two counters without a node do not call
 * the same person. Undefined when no open counter serves it.
 */
export const offlineOwner = (state: HallState, ticket: Ticket): string | undefined => {
  let owner: string | undefined;
  let best = -1;
  for (const counter of state.counters.values()) {
    if (counter.state === "closed" || !mayServe(ticket, counter.id, counter.businesses)) continue;
    const weight = spread(`${ticket.id}/${counter.id}`);
    if (weight > best || (weight === best && owner !== undefined && counter.id < owner)) {
      best = weight;
      owner = counter.id;
    }
  }
  return owner;
};

/** The line that a counter without a node may call from, next one first: its own share of the cached line. */
export const offlineLineOf = (state: HallState, counterId: string): readonly Ticket[] =>
  lineOfCounter(state, counterId).filter((ticket) => offlineOwner(state, ticket) === counterId);
