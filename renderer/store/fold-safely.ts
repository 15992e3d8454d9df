import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";

/** Folds; an event that cannot be folded is passed over, because it must not stop the hall: the digest will tell. */
export const foldSafely = (
  state: HallState,
  events: readonly DomainEvent[],
  failed: (error: unknown) => void,
): HallState => {
  try {
    return fold(state, events);
  } catch (error) {
    failed(error);
    let next = state;
    for (const event of events) {
      try {
        next = fold(next, [event]);
      } catch {
        continue;
      }
    }
    return next;
  }
};
