import { expect } from "vitest";
import { canonicalJson } from "../basics/canonical-json.ts";
import { stateDigest } from "../domain/hall/digest.ts";
import type { DomainEvent } from "../domain/hall/events.ts";
import { fold } from "../domain/hall/evolve.ts";
import { emptyHallState, toSnapshot, type HallState } from "../domain/hall/state.ts";
import { visible, visibleState, type Viewer } from "../domain/hall/visible.ts";

/** Finds that folding the events which a viewer may see gives exactly the part of the whole that it may see. */
export const expectRoleFolds = (state: HallState, log: readonly DomainEvent[], viewers: readonly Viewer[]): void => {
  for (const viewer of viewers) {
    const seen = log.flatMap((event) => visible(event, viewer) ?? []);
    const folded = fold(emptyHallState, seen);
    const allowed = visibleState(state, viewer);
    const name = `${viewer.role} ${viewer.department ?? ""}`;
    expect(canonicalJson(toSnapshot(folded)), name).toBe(canonicalJson(toSnapshot(allowed)));
    expect(stateDigest(folded), name).toBe(stateDigest(allowed));
  }
};
