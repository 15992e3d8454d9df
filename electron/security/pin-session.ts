import type { Certificate, Session } from "electron";
import type { Logger } from "../logging/logger.ts";
import { isVouchedFor, successorIn, type Chain } from "./pinned-authority.ts";

/** net::OK, and "as Chromium decides", as `setCertificateVerifyProc` wants them. */
const TRUSTED = 0;
const AS_THE_SYSTEM = -3;
/** net::ERR_CERT_AUTHORITY_INVALID. */
const UNKNOWN_AUTHORITY = -202;
const CHAIN_MAX = 6;

const chainOf = (certificate: Certificate): Chain => {
  const chain: string[] = [];
  for (let cert: Certificate | undefined = certificate; cert && chain.length < CHAIN_MAX; cert = cert.issuerCert)
    chain.push(cert.data);
  return chain;
};

/**
 * Lets a session believe the hall's authority and nobody else. Chromium remembers each verdict for half an hour: another
 * authority needs another session.
 * @param authority PEM; null: whomever the system believes
 * @param onSuccessor is told of the authority that the pinned one has named to come after it
 */
export const pinSession = (
  session: Session,
  authority: () => string | null,
  log: Logger,
  onSuccessor: (authority: string) => void,
): void => {
  session.setCertificateVerifyProc(({ hostname, certificate }, answer) => {
    const pinned = authority();
    if (pinned === null) return answer(AS_THE_SYSTEM);
    const chain = chainOf(certificate);
    const isTrusted = isVouchedFor(chain, hostname, pinned, Date.now());
    const successor = isTrusted ? successorIn(chain, hostname, pinned, Date.now()) : null;
    if (successor !== null) onSuccessor(successor);
    if (!isTrusted) log.write("security.certificate", { error: "not the pinned authority" });
    answer(isTrusted ? TRUSTED : UNKNOWN_AUTHORITY);
  });
};
