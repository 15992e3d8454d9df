import { uuidv7 } from "uuidv7";
import { dayOf } from "../../shared/basics/time.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import { NODE_ACTOR, type Submission } from "./submission.ts";

/** The calendar day that a hall has reached and not opened yet, or null. */
export const dayToOpen = ({ plan, day }: HallState, now: number): string | null => {
  if (plan === null) return null;
  const today = dayOf(now, plan.utcOffsetMinutes);
  return day === null || day < today ? today : null;
};

/** The node's own command that opens a day; nobody waits for its answer. */
export const openDay = (day: string, now: number): Submission => ({
  command: { id: uuidv7(), type: "OpenDay", mode: "claim", at: now, data: { day } },
  actor: NODE_ACTOR,
  personal: [],
  notBefore: null,
  origin: { deliver: () => undefined },
});
