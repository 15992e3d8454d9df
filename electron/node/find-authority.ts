import { X509Certificate } from "node:crypto";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import type { NodeFault } from "../text.ts";

const TIMEOUT_MS = 8_000;

/**
 * The authority that a node shows, if its letters are those that stood behind the enrolment code. Nothing is sent over this
 * connection: it is looked at before anybody is believed.
 * @param nodeUrl https://host:port
 * @returns its certificate, PEM
 */
export const findAuthority = async (nodeUrl: string, letters: string): Promise<Result<string, NodeFault>> => {
  // Only at a terminal's enrolment; not worth a millisecond of each start.
  const { connect } = await import("node:tls");
  return new Promise((resolve) => {
    const { hostname, port } = new URL(nodeUrl);
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: port === "" ? 443 : Number(port), rejectUnauthorized: false });
    const done = (result: Result<string, NodeFault>): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(TIMEOUT_MS, () => done(err("unreachable")));
    socket.once("error", () => done(err("unreachable")));
    socket.once("secureConnect", () => {
      let shown = socket.getPeerCertificate(true);
      const seen = new Set<string>();
      // The last one is its own issuer.
      while (shown.raw !== undefined && !seen.has(shown.fingerprint256)) {
        seen.add(shown.fingerprint256);
        if (authorityLetters(shown.fingerprint256.replaceAll(":", "")) === letters)
          return done(ok(new X509Certificate(shown.raw).toString()));
        shown = shown.issuerCertificate;
      }
      done(err("untrusted"));
    });
  });
};
