import { err, ok } from "../../../shared/basics/result.ts";
import { hallInfoSchema } from "../../../shared/contract/api.ts";
import type { ChannelResults } from "../../../shared/contract/ipc.ts";

/** Set-up in a plain browser, without a main process: what a page can do by itself. */
type NodeAnswer = ChannelResults["setup.testNode"];

/** An address as people type it → an origin, or null when it is none. Without a scheme it is https. */
export const nodeOrigin = (typed: string): string | null => {
  const text = typed.trim();
  if (text === "") return null;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  return (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "" ? url.origin : null;
};

/** Asks a node which hall it is of. */
export const testNodeInBrowser = async (origin: string): Promise<NodeAnswer> => {
  try {
    const response = await fetch(`${origin}/api/hall`, { signal: AbortSignal.timeout(8_000), credentials: "omit" });
    const info = hallInfoSchema.safeParse(await response.json());
    if (!info.success) return err({ code: "not_a_node", message: "" });
    return ok({ hallName: info.data.name ?? info.data.hallId ?? "" });
  } catch {
    return err({ code: "unreachable", message: "" });
  }
};

/** The page of the node that enrols this browser with a code (renderer/platform reads it). */
export const enrolPage = (origin: string, code: string, name: string): string => {
  const url = new URL("/app/", origin);
  url.searchParams.set("enrol", code);
  url.searchParams.set("name", name);
  return url.href;
};
