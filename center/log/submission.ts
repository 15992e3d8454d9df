import type { CommandResult, PersonalRecord } from "../../shared/contract/api.ts";
import type { Command } from "../../shared/domain/hall/commands.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";

/** Where answers go. */
export interface Origin {
  /** Called after COMMIT and after the events were fed. `head`: the log's head that the answers belong to. */
  deliver(results: readonly CommandResult[], head: number): void;
}

/** A validated command with all that the node knows of its sender. */
export interface Submission {
  readonly command: Command;
  readonly actor: Actor;
  readonly personal: readonly PersonalRecord[];
  /** A record cannot have been made before this instant; null: not known. */
  readonly notBefore: number | null;
  readonly origin: Origin;
}

/** The node itself. */
export const NODE_ACTOR: Actor = { role: "node", deviceId: null, clerkId: null, counterId: null };
