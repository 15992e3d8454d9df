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

/** Each record gives its hash, follows from the one before, and the last one is what the hall signed. */
const checkChain = (records, head, whose) => {
  records.forEach((record, at) => {
    holds(hashOf(record) === record.hash, `${whose}: event ${record.seq} does not give its hash`);
    const before = records[at - 1];
    if (before !== undefined)
      holds(
        record.seq === before.seq + 1 && record.prevHash === before.hash,
        `${whose}: event ${record.seq} does not follow`,
      );
  });
  if (head !== null)
    holds(
      records.at(-1)?.seq === head.seq && records.at(-1)?.hash === head.hash && isSigned(head),
      `${whose}: the hall did not sign what stands at its end`,
    );
};

const proof = JSON.parse(readFileSync(file, "utf8"));
const say = (text) => process.stdout.write(`${text}\n`);
for (const head of proof.heads) holds(isSigned(head), `the head at event ${head.seq} is not signed`);
const keys = [...new Set(proof.heads.map((head) => head.publicKey))];
say(
  `Hall ${proof.hallId}: ${proof.heads.length} signed heads under ${keys.length === 1 ? "one key" : `${keys.length} keys`}: ${keys.join(", ")}`,
);
if (known !== undefined) holds(keys.length > 0 && keys.every((key) => key === known), "the key is not the hall's");

for (const { kind, seq, seenAt, held, heldHead, sent, sentHead } of proof.disputes) {
  const name = `the histories that part at event ${seq}`;
  checkChain(held, heldHead, `${name}, held`);
  checkChain(sent, sentHead, `${name}, sent`);
  const [was, is] = [held[0], sent[0]];
  holds(was?.seq === seq && is?.seq === seq, `${name}: the first events are not there`);
  holds(was?.hash !== is?.hash, `${name}: they do not part`);
  const isBoth = heldHead !== null && sentHead !== null && heldHead.publicKey === sentHead.publicKey;
  say(
    `${new Date(seenAt).toISOString()}: ${kind} from event ${seq} on; ${isBoth ? "the hall signed both histories" : "not both of them are signed: this rests on the city's word"}`,
  );
}
for (const text of faults) say(`NOT PROVED: ${text}`);
if (faults.length === 0) say(proof.disputes.length === 0 ? "Nothing speaks against the hall." : "All of this holds.");
process.exit(faults.length === 0 ? 0 : 1);
