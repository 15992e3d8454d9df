import { hash } from "node:crypto";
import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import type { LogRecord } from "../../shared/contract/log-record.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";

const actorTexts = new WeakMap<Actor, string>();

/** The actor as the log keeps it: the counter of a review screen follows from its device. */
export const actorText = (actor: Actor): string => {
  const known = actorTexts.get(actor);
  if (known !== undefined) return known;
  const text = canonicalJson({ role: actor.role, deviceId: actor.deviceId, clerkId: actor.clerkId });
  actorTexts.set(actor, text);
  return text;
};

/** Parts of a log record with actor and data already as canonical JSON, as the table keeps them. */
export interface TextRecord extends Omit<LogRecord, "actor" | "data" | "hash"> {
  readonly actor: string;
  readonly data: string;
}

/**
 * The same hash as `hashOf` of shared/contract, eight times faster: Node's own SHA-256, and texts that are canonical
 * already are not parsed and written again.
 */
export const hashOfText = (record: TextRecord): string =>
  hash(
    "sha256",
    `[${JSON.stringify(record.hallId)},${String(record.seq)},${JSON.stringify(record.type)},${String(record.v)},${String(record.at)},${String(record.recordedAt)},${JSON.stringify(record.commandId)},${record.actor},${record.data},${JSON.stringify(record.prevHash)}]`,
  );
