import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { isIP } from "node:net";
import { bits, der, integer, octets, oid, sequence, set, tagged, time, utf8, yes } from "./der.ts";

/** A certificate and its key, both as PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 20 * 365;
const COMMON_NAME_MAX = 64;
/** Long enough that a terminal whose clock is months ahead still connects. */
const SERVER_DAYS = 365;
/** A terminal's clock may be behind. */
const BEFORE_DAYS = 2;

const OID = {
  commonName: "2.5.4.3",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
} as const;

const SIGNATURE = sequence(oid(OID.ecdsaWithSha256));

const nameOf = (commonName: string): Buffer =>
  sequence(set(sequence(oid(OID.commonName), utf8(commonName.slice(0, COMMON_NAME_MAX)))));

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(isCritical ? [yes] : []), octets(value));

/** Of the key itself, without what stands around it (RFC 5280, 4.2.1.2). */
const keyIdOf = (publicKey: Buffer): Buffer => createHash("sha1").update(publicKey.subarray(-65)).digest();

/** Four or sixteen bytes. */
const addressBytes = (address: string): Buffer => {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail)];
  const middle = address.includes("::") ? new Array<string>(8 - left.length - right.length).fill("0") : [];
  return Buffer.from([...left, ...middle, ...right].map((group) => group.padStart(4, "0")).join(""), "hex");
};

/** @param names host names and addresses */
const alternativeNames = (names: readonly string[]): Buffer =>
  sequence(...names.map((name) => (isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, addressBytes(name)))));

const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString("base64").match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;

const newKeyPair = () =>
  generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });

interface Wish {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: Buffer;
  readonly issuerKey: string;
  readonly days: number;
  readonly extensions: readonly Buffer[];
}

const issue = (wish: Wish, now: number): string => {
  // Not negative, not zero.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    SIGNATURE,
    nameOf(wish.issuer),
    sequence(time(now - BEFORE_DAYS * DAY_MS), time(now + wish.days * DAY_MS)),
    nameOf(wish.subject),
    wish.publicKey,
    tagged(3, sequence(...wish.extensions)),
  );
  return pemOf(sequence(body, SIGNATURE, bits(sign("sha256", body, wish.issuerKey))));
};

const authorityExtensions = (publicKey: Buffer): readonly Buffer[] => [
  extension(OID.basicConstraints, true, sequence(yes, integer(Buffer.from([0])))),
  // keyCertSign (bit 5) alone.
  extension(OID.keyUsage, true, bits(Buffer.from([0x04]), 2)),
  extension(OID.subjectKeyIdentifier, false, octets(keyIdOf(publicKey))),
];

const publicKeyOf = ({ key }: Certified): Buffer =>
  createPublicKey(createPrivateKey(key)).export({ type: "spki", format: "der" });

const commonNameOf = ({ cert }: Certified): string => new X509Certificate(cert).subject.replace(/^CN=/, "");

/** A new authority that vouches for servers and for nothing else. ECDSA on P-256, valid for twenty years. */
export const makeAuthority = (commonName: string, now: number): Certified => {
  const { privateKey: key, publicKey } = newKeyPair();
  const extensions = authorityExtensions(publicKey);
  const wish = { issuer: commonName, subject: commonName, publicKey, issuerKey: key, days: AUTHORITY_DAYS, extensions };
  return { cert: issue(wish, now), key };
};

/**
 * The word of an authority for the one that comes after it: the same name and key, signed by the former one, for a time. Its
 * limit of no authority below it is the former's own; terminals ask for the signature alone, browsers for the limit as well.
 */
export const vouchForSuccessor = (former: Certified, successor: Certified, days: number, now: number): string => {
  const publicKey = publicKeyOf(successor);
  const extensions = [
    ...authorityExtensions(publicKey),
    extension(OID.authorityKeyIdentifier, false, sequence(der(0x80, keyIdOf(publicKeyOf(former))))),
  ];
  const [issuer, subject] = [commonNameOf(former), commonNameOf(successor)];
  return issue({ issuer, subject, publicKey, issuerKey: former.key, days, extensions }, now);
};

/**
 * A new key and a certificate of the authority for a server, valid for a year.
 * @param names host names and IP addresses at which terminals reach it
 */
export const makeServerCertificate = (authority: Certified, names: readonly string[], now: number): Certified => {
  const { privateKey: key, publicKey } = newKeyPair();
  const extensions = [
    extension(OID.basicConstraints, true, sequence()),
    // digitalSignature (bit 0) alone.
    extension(OID.keyUsage, true, bits(Buffer.from([0x80]), 7)),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.subjectAltName, false, alternativeNames(names)),
    extension(OID.subjectKeyIdentifier, false, octets(keyIdOf(publicKey))),
    extension(OID.authorityKeyIdentifier, false, sequence(der(0x80, keyIdOf(publicKeyOf(authority))))),
  ];
  const issuer = commonNameOf(authority);
  const wish = { issuer, subject: names[0] ?? "", publicKey, issuerKey: authority.key, days: SERVER_DAYS, extensions };
  return { cert: issue(wish, now), key };
};

/** SHA-256 of a certificate, hex. */
export const fingerprintOf = (cert: string): string =>
  new X509Certificate(cert).fingerprint256.replaceAll(":", "").toLowerCase();
