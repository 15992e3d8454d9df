import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { EnrolResponse, HallInfo } from "../../shared/contract/api.ts";
import { splitEnrolCode } from "../../shared/contract/enrol-code.ts";
import type { Logger } from "../logging/logger.ts";
import { newDeviceKey, publicKeyOf } from "../security/device-key.ts";
import type { TerminalSessions } from "../security/terminal-sessions.ts";
import type { Identity } from "../settings/identity.ts";
import type { NodeFault } from "../text.ts";
import { findAuthority } from "./find-authority.ts";
import { enrolAt, getHallInfo, parseNodeUrl } from "./node-client.ts";

/** How a terminal gets into a hall. */
export interface Enrolling {
  /** Asks which hall answers there, believing whom the typed code says, or else whom this terminal believes already. */
  testNode(nodeUrl: string, code: string): Promise<Result<HallInfo, NodeFault>>;
  enrol(nodeUrl: string, code: string, name: string): Promise<Result<EnrolResponse, NodeFault>>;
}

/** Whom the code says to believe; a node on this very computer, reached without https, shows nobody. */
const authorityOf = async (url: string, letters: string | null): Promise<Result<string | null, NodeFault>> => {
  const node = parseNodeUrl(url);
  if (!node.ok) return node;
  if (letters === null || node.value.startsWith("http:")) return ok(null);
  return findAuthority(node.value, letters);
};

export const openEnrolling = ({
  identity,
  log,
  sessions,
  logUnexpected,
}: {
  readonly identity: Identity;
  readonly log: Logger;
  readonly sessions: Pick<TerminalSessions, "wireBelieving">;
  readonly logUnexpected: (where: string, error: unknown) => void;
}): Enrolling => {
  const askToEnrol = async (url: string, text: string, name: string) => {
    if (name === "") return err<NodeFault>("wrong_name");
    const { code, letters } = splitEnrolCode(text);
    const believed = await authorityOf(url, letters);
    if (!believed.ok) return believed;
    const key = newDeviceKey();
    const wish = { code, name, publicKey: publicKeyOf(key) };
    const enrolled = await enrolAt(sessions.wireBelieving(believed.value), url, wish);
    return enrolled.ok ? ok({ ...enrolled.value, key, authority: believed.value }) : enrolled;
  };
  return {
    async testNode(url, text) {
      const { letters } = splitEnrolCode(text);
      const held = identity.enrolment();
      const believed = letters === null ? ok(held?.authority ?? null) : await authorityOf(url, letters);
      if (!believed.ok) return believed;
      const info = await getHallInfo(sessions.wireBelieving(believed.value), url);
      // Nobody has told this terminal yet whom to believe: a hall's own authority is no stranger for that.
      const isNew = identity.enrolment() === null && text.trim() === "";
      return !info.ok && info.error === "untrusted" && isNew ? err("code_needed") : info;
    },
    async enrol(url, text, wished) {
      const name = wished.trim();
      const outcome = await askToEnrol(url, text, name);
      if (!outcome.ok) {
        log.write("enrol.failed", { code: outcome.error });
        return outcome;
      }
      const { nodeUrl, response, key, authority } = outcome.value;
      try {
        identity.enrol(nodeUrl, name, response, key, authority);
      } catch (error) {
        logUnexpected("enrol", error);
        return err("key_store_failed");
      }
      return ok(response);
    },
  };
};
