/**
 * Checks a proof file of a city (`npm run center -- prove-history`) with nothing but Node: needs neither the program nor its
 * packages, so that anybody can read it whole first. node scripts/check-proof.mjs FILE [PUBLIC-KEY-OF-THE-HALL]
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [file, known] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("node scripts/check-proof.mjs FILE [PUBLIC-KEY-OF-THE-HALL]\n");
  process.exit(2);
}

/** JSON with the names of each object in the order of their UTF-16 units. */
const canonical = (value) =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : value !== null && typeof value === "object"
      ? `{${Object.keys(value)
          .sort()
          .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
          .join(",")}}`
      : JSON.stringify(value);

const hashOf = (r) =>
  createHash("sha256")
    .update(canonical([r.hallId, r.seq, r.type, r.v, r.at, r.recordedAt, r.commandId, r.actor, r.data, r.prevHash]))
    .digest("hex");

const isSigned = (head) => {
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(head.publicKey, "base64")]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  const text = `service-hall head\n${head.hallId}\n${head.epoch}\n${head.seq}\n${head.hash}`;
  return verify(null, Buffer.from(text), key, Buffer.from(head.signature, "base64"));
};

const faults = [];
const holds = (condition, text) => {
  if (!condition) faults.push(text);
};

const proof = JSON.parse(readFileSync(file, "utf8"));
const say = (text) => process.stdout.write(`${text}\n`);

/** The same key, however its text is written. */
const isKnown = (head) =>
  known !== undefined && Buffer.from(head.publicKey, "base64").equals(Buffer.from(known, "base64"));

/** Each record is of this hall, gives its hash and follows from the one before. */
const checkRecords = (records, whose) => {
  records.forEach((record, at) => {
    const before = records[at - 1];
    holds(record.hallId === proof.hallId, `${whose}: event ${record.seq} is another hall's`);
    holds(hashOf(record) === record.hash, `${whose}: event ${record.seq} does not give its hash`);
    holds(
      before === undefined || (record.seq === before.seq + 1 && record.prevHash === before.hash),
      `${whose}: event ${record.seq} does not follow`,
    );
  });
};

/** The last of the records is what this hall signed, with its own key. */
const checkHead = (records, head, whose) => {
  const last = records.at(-1);
  const isIts = head.hallId === proof.hallId && last?.seq === head.seq && last.hash === head.hash && isSigned(head);
  holds(isIts, `${whose}: the hall did not sign what stands at its end`);
  holds(known === undefined || isKnown(head), `${whose}: signed with another key than the hall's`);
};

/**
 * What the two histories show by themselves, whatever the city says: which of them came first is its word alone. One that a
 * backup began lies wholly behind the other.
 */
const kindOf = ({ held, heldHead, sent, sentHead }) => {
  if (heldHead.epoch === sentHead.epoch) return "forked";
  const [was, is] = [held, sent].map((records) => records.map((record) => record.recordedAt));
  return Math.min(...is) <= Math.max(...was) && Math.min(...was) <= Math.max(...is) ? "rewritten" : "restored";
};

const keys = [...new Set(proof.heads.map((head) => head.publicKey))];
say(
  `Hall ${proof.hallId}: ${proof.heads.length} signed heads under ${keys.length === 1 ? "one key" : `${keys.length} keys`}: ${keys.join(", ")}`,
);
for (const head of proof.heads)
  holds(head.hallId === proof.hallId && isSigned(head), `the head at event ${head.seq} is not signed`);
if (known !== undefined) {
  holds(proof.heads.length === 0 || proof.heads.some(isKnown), "the key is not the hall's");
  const others = proof.heads.filter((head) => !isKnown(head)).length;
  if (others > 0) say(`${others} of them under another key than the one given: they prove nothing.`);
}

for (const dispute of proof.disputes) {
  const { kind, seq, seenAt, held, heldHead, sent, sentHead } = dispute;
  const name = `the histories that part at event ${seq}`;
  checkRecords(held, `${name}, held`);
  checkRecords(sent, `${name}, sent`);
  if (heldHead !== null) checkHead(held, heldHead, `${name}, held`);
  if (sentHead !== null) checkHead(sent, sentHead, `${name}, sent`);
  const [was, is] = [held[0], sent[0]];
  holds(was?.seq === seq && is?.seq === seq, `${name}: the first events are not there`);
  holds(was?.hash !== is?.hash, `${name}: they do not part`);
  const isBoth = heldHead !== null && sentHead !== null;
  // That a backup was put back is nothing against the hall: the city may say so by itself.
  if (kind !== "restored") {
    holds(isBoth, `${name}: not both of them are signed, this rests on the city's word`);
    if (isBoth) holds(kindOf(dispute) === kind, `${name}: they do not show that it was ${kind}`);
  }
  const says = isBoth ? "both histories are signed" : "not both of them are signed: this rests on the city's word";
  say(`${new Date(seenAt).toISOString()}: ${kind} from event ${seq} on; ${says}`);
}
if (known === undefined && proof.disputes.length > 0)
  holds(false, "whose key it is: give the hall's public key, which verify-log prints at the hall");
for (const text of faults) say(`NOT PROVED: ${text}`);
if (faults.length === 0) say(proof.disputes.length === 0 ? "Nothing speaks against the hall." : "All of this holds.");
process.exit(faults.length === 0 ? 0 : 1);
