import { ok, type Result } from "../../basics/result.ts";
import type { Command, CommandData, CommandType } from "./commands.ts";
import { decide } from "./decide.ts";
import type { DecideContext } from "./decision.ts";
import { StateBuilder } from "./evolve.ts";
import type { Refusal } from "./refusal.ts";
import type { HallState } from "./state.ts";

/** Something that may be done: a command without its envelope. */
export interface Act<T extends CommandType = CommandType> {
  readonly type: T;
  readonly data: CommandData<T>;
}

/**
 * The state as it would be if these acts were done now, one after the other: for showing a paper before it is given out.
 * @returns the first refusal, when one of them could not be done
 */
export const stateAfter = (
  state: HallState,
  acts: readonly Act[],
  context: DecideContext,
): Result<HallState, Refusal> => {
  const builder = new StateBuilder(state);
  for (const [at, { type, data }] of acts.entries()) {
    const command = { id: `would-be-${String(at)}`, type, data, mode: "claim", at: context.now } as unknown as Command;
    const decision = decide(builder.state, command, context);
    if (!decision.ok) return decision;
    builder.apply(decision.value);
  }
  return ok(builder.state);
};
