import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** What a server shows: its certificate and those behind it, PEM, the server's first. */
export type Chain = readonly string[];

const vouches = (issuer: X509Certificate, cert: X509Certificate): boolean =>
  issuer.ca && cert.checkIssued(issuer) && cert.verify(issuer.publicKey);

const isValidAt = (cert: X509Certificate, now: number): boolean =>
  Date.parse(cert.validFrom) <= now && now <= Date.parse(cert.validTo);

/**
 * Whether the pinned authority vouches for a server under this name, now. What the system believes does not count: another
 * authority is refused also where its certificate would be valid.
 * @param host name or address, an IPv6 one without brackets
 */
export const isVouchedFor = (chain: Chain, host: string, authorityPem: string, now: number): boolean => {
  const authority = new X509Certificate(authorityPem);
  const certs = chain.map((pem) => new X509Certificate(pem));
  const [server] = certs;
  if (!server || !isValidAt(authority, now)) return false;
  const named = isIP(host) === 0 ? server.checkHost(host, { subject: "never" }) : server.checkIP(host);
  if (named === undefined) return false;
  for (const [at, cert] of certs.entries()) {
    if (!isValidAt(cert, now)) return false;
    if (vouches(authority, cert)) return true;
    const next = certs[at + 1];
    if (!next || !vouches(next, cert)) return false;
  }
  return false;
};

const isSame = (left: X509Certificate, right: X509Certificate): boolean =>
  left.subject === right.subject &&
  left.publicKey
    .export({ format: "der", type: "spki" })
    .equals(right.publicKey.export({ format: "der", type: "spki" }));

/**
 * The authority that the pinned one has named as its successor, out of a chain that it vouches for: one that signs itself and
 * whose name and key stand, signed by the pinned one and not ended, in the chain as well. Null: there is none.
 */
export const successorIn = (chain: Chain, host: string, authorityPem: string, now: number): string | null => {
  if (!isVouchedFor(chain, host, authorityPem, now)) return null;
  const authority = new X509Certificate(authorityPem);
  const certs = chain.map((pem) => new X509Certificate(pem));
  const words = certs.filter((cert) => cert.ca && vouches(authority, cert) && isValidAt(cert, now));
  const successor = certs.find(
    (cert) => vouches(cert, cert) && !isSame(cert, authority) && words.some((word) => isSame(word, cert)),
  );
  return successor === undefined ? null : successor.toString();
};
