import type { NodeMessage } from "../../shared/contract/api.ts";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isEvent = (value: unknown): boolean =>
  isRecord(value) && isCount(value["seq"]) && typeof value["type"] === "string" && typeof value["v"] === "number";

const isResult = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["commandId"] === "string" &&
  (value["status"] === "accepted"
    ? isCount(value["seq"])
    : value["status"] === "refused" && isRecord(value["refusal"]) && typeof value["refusal"]["code"] === "string");

const fits = (message: Record<string, unknown>): boolean => {
  switch (message["kind"]) {
    case "welcome":
      return typeof message["epoch"] === "string" && isCount(message["head"]) && typeof message["now"] === "number";
    case "snapshot":
      return isCount(message["seq"]) && isRecord(message["state"]) && message["state"]["format"] === 1;
    case "events": {
      const { from, to, events } = message;
      return isCount(from) && isCount(to) && from <= to && Array.isArray(events) && events.every(isEvent);
    }
    case "results":
      return Array.isArray(message["results"]) && message["results"].every(isResult);
    case "pong":
      return typeof message["t"] === "number" && typeof message["now"] === "number";
    case "digest":
      return isCount(message["seq"]) && typeof message["digest"] === "string";
    case "city":
      return isRecord(message["city"]);
    case "catalogue":
      return typeof message["version"] === "string";
    case "standing":
      return (
        typeof message["name"] === "string" &&
        typeof message["role"] === "string" &&
        typeof message["isLocked"] === "boolean" &&
        isCount(message["orders"])
      );
    default:
      return false;
  }
};

export type ReadMessage =
  | { readonly ok: true; readonly message: NodeMessage }
  /** A kind that came later than this program: skipped. */
  | { readonly ok: true; readonly message: null }
  /** Cut, torn or somebody else's answer: never data (F24). */
  | { readonly ok: false };

/** Reads what came over the socket. Written by hand because it runs for every event; zod guards the node's side. */
export const readNodeMessage = (text: string | null): ReadMessage => {
  if (text === null) return { ok: false };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  if (!isRecord(value) || typeof value["kind"] !== "string") return { ok: false };
  if (fits(value)) return { ok: true, message: value as unknown as NodeMessage };
  return KINDS.has(value["kind"]) ? { ok: false } : { ok: true, message: null };
};

const KINDS = new Set(["welcome", "snapshot", "events", "results", "pong", "digest", "city", "catalogue", "standing"]);
