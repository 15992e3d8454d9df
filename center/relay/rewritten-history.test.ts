import { rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeDataDir, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { checkProof } from "../../tests/helpers/check-proof.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { hashOf, type LogRecord } from "../../shared/contract/log-record.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { backUp } from "../backup/backup.ts";
import { runCli } from "../cli/run-cli.ts";
import { loadNodeKey } from "../identity/personal.ts";
import { describeVerdict, isSound } from "../log/describe-verdict.ts";
import { readRecords } from "../log/store.ts";
import { verifyLog } from "../log/verify.ts";
import { compareWithCity, describeComparison, type Comparison } from "./compare-with-city.ts";
import { readDisputes } from "./disputes.ts";
import { HeadSealer } from "./head-seal.ts";
import { proveHistory, type HistoryProof } from "./prove-history.ts";
import { putRelayHall } from "./receive.ts";

/*
 * A hall and its city, both real. Somebody with the hall's database changes what has happened; somebody else puts an old backup
 * back. The city tells the one from the other, and has what it takes to show it to a third person.
 */

const hallId = testPlan.hallId;
const PASSPHRASE = "a long passphrase 长";
let folder: string;
let cityDir: string;
let hallDir: string;
let city: TestCenter;
let hall: TestCenter;
let key: string;

const startHall = async (): Promise<void> => {
  hall = await startCenter({ dataDir: hallDir, city: { url: city.url, key } });
};
const headOf = () => hall.context.halls.open[0]!.hall.head;
const take = async (times: number): Promise<void> => {
  const kiosk = await NodeClient.connect({ url: hall.url, ...(await hall.enrol("kiosk")) });
  for (let index = 0; index < times; index += 1) await kiosk.send("TakeTicket", ticketWish(uuidv7()));
  kiosk.close();
};
const relayed = (): Promise<void> =>
  vi.waitFor(
    async () => {
      const { rows } = await city.context.database.query("SELECT head_hash FROM halls WHERE hall_id = $1", [hallId]);
      expect(rows).toEqual([{ head_hash: headOf().hash }]);
    },
    { timeout: 30_000, interval: 50 },
  );

/** As the database's owner, past the triggers. */
const asOwner = async (work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ connectionString: hall.databaseUrl });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await work(client);
  } finally {
    await client.end();
  }
};

/** Changes one event and makes the chain whole again behind it, head and all. */
const rewriteFrom = async (seq: number): Promise<void> => {
  const records = await readRecords(hall.context.database, hallId, 0, 10_000);
  await asOwner(async (client) => {
    let prevHash = "";
    for (const record of records.filter((each) => each.seq >= seq)) {
      const changed: LogRecord =
        record.seq === seq
          ? { ...record, data: { ...(record.data as object), note: "never happened" } }
          : { ...record, prevHash };
      prevHash = hashOf(changed);
      await client.query("UPDATE events SET data = $3, prev_hash = $4, hash = $5 WHERE hall_id = $1 AND seq = $2", [
        hallId,
        changed.seq,
        canonicalJson(changed.data),
        changed.prevHash,
        prevHash,
      ]);
    }
    await client.query("UPDATE halls SET head_hash = $2 WHERE hall_id = $1", [hallId, prevHash]);
  });
};

const atHall = async (): Promise<{ says: readonly string[]; compared: Comparison }> => {
  const { database } = hall.context;
  const verdict = await verifyLog(database, hallId);
  const compared = await compareWithCity(database, hallId, { url: city.url, key });
  return { compared, says: [...describeVerdict(verdict, []), describeComparison(compared, verdict.events)] };
};
const atCity = async (): Promise<{ says: readonly string[]; sound: boolean }> => {
  const { database } = city.context;
  const [verdict, disputes] = [await verifyLog(database, hallId), await readDisputes(database, hallId)];
  return { says: describeVerdict(verdict, disputes), sound: isSound(verdict, disputes) };
};

const signedBy = (center: TestCenter): HeadSealer => new HeadSealer(center.context.personal, hallId);
const check = (proof: HistoryProof) => checkProof(proof, signedBy(hall).publicKey);

beforeAll(async () => {
  [folder, cityDir, hallDir] = await Promise.all([makeDataDir(), makeDataDir(), makeDataDir()]);
  city = await startCenter({ mode: "city", dataDir: cityDir });
  key = await putRelayHall(city.context.database, hallId, "测试大厅");
  await startHall();
  await take(6);
  await relayed();
});
afterAll(async () => {
  await hall.stop();
  await city.stop();
  for (const each of [folder, cityDir, hallDir]) await rm(each, { recursive: true, force: true });
});

describe("a hall's history at its city", () => {
  it("is the same at both, and nothing speaks against the hall", async () => {
    const { seq } = headOf();
    expect((await atHall()).says).toEqual([
      `${String(seq)} events, each follows from the one before it.`,
      `The city holds the same up to event ${String(seq)}.`,
    ]);
    expect(await atCity()).toMatchObject({ sound: true });
    const checked = await check(await proveHistory(city.context.database, hallId, Date.now()));
    expect(checked).toMatchObject({
      code: 0,
      text: expect.stringContaining("Nothing speaks against the hall") as string,
    });
  });

  it("shows an event that was changed in the hall's database by itself", async () => {
    const before = await readRecords(hall.context.database, hallId, 3, 1);
    const text = canonicalJson(before[0]?.data);
    const put = (data: string): Promise<void> =>
      asOwner((client) => client.query("UPDATE events SET data = $2 WHERE hall_id = $1 AND seq = 4", [hallId, data]));
    await put(canonicalJson({ ...(before[0]?.data as object), note: "never happened" }));
    expect((await atHall()).says[0]).toBe("Event 4 was changed: its content does not give its hash.");
    expect((await atCity()).sound).toBe(true);
    await put(text);
    expect((await atHall()).says[0]).toMatch(/each follows/);
  });

  it("shows a history that was changed and made whole again, and proves it to others", async () => {
    const copy = await readRecords(hall.context.database, hallId, 0, 10_000);
    await rewriteFrom(5);
    // By itself it is without a fault: only the city knows.
    expect((await atHall()).says).toEqual([
      `${String(copy.length)} events, each follows from the one before it.`,
      "From event 5 on this log is ANOTHER one than the city was sent: it was changed afterwards and made whole again.",
    ]);
    await hall.stop();
    await startHall();
    await expect
      .poll(() => readDisputes(city.context.database, hallId), { timeout: 30_000, interval: 50 })
      .toMatchObject([{ seq: 5, kind: "forked" }]);
    const told = await atCity();
    expect(told.sound).toBe(false);
    expect(told.says[1]).toMatch(/history was REWRITTEN from event 5 on .* it was refused/);
    const proof = await proveHistory(city.context.database, hallId, Date.now());
    const checked = await check(proof);
    expect(checked.text).toContain("forked from event 5 on; both histories are signed");
    expect(checked).toMatchObject({ code: 0, text: expect.stringContaining("All of this holds.") as string });
    // A city cannot make it up: neither what the hall sent, nor what it signed, nor with a key of its own, nor of another hall.
    const [dispute] = proof.disputes;
    if (!dispute?.sentHead || !dispute.heldHead) throw new Error("no dispute");
    const { heldHead, sentHead } = dispute;
    const bySelf = (head: typeof sentHead) => ({ ...head, ...signedBy(city).seal(head) });
    const made = [
      { ...dispute, held: dispute.held.map((each) => ({ ...each, at: each.at + 1 })) },
      { ...dispute, sentHead: { ...sentHead, hash: "0".repeat(64) } },
      { ...dispute, heldHead: bySelf(heldHead), sentHead: bySelf(sentHead) },
      { ...dispute, sentHead: bySelf(sentHead) },
    ];
    for (const forged of made)
      expect(await check({ ...proof, disputes: [forged] })).toMatchObject({
        code: 1,
        text: expect.stringContaining("NOT PROVED") as string,
      });
    expect(await check({ ...proof, hallId: "another-hall" })).toMatchObject({
      code: 1,
      text: expect.stringContaining("is another hall's") as string,
    });
    // As it was, for what follows.
    await asOwner(async (client) => {
      for (const { seq, data, prevHash, hash } of copy)
        await client.query("UPDATE events SET data = $3, prev_hash = $4, hash = $5 WHERE hall_id = $1 AND seq = $2", [
          hallId,
          seq,
          canonicalJson(data),
          prevHash,
          hash,
        ]);
      await client.query("UPDATE halls SET head_hash = $2 WHERE hall_id = $1", [hallId, copy.at(-1)?.hash]);
    });
    await hall.stop();
    await startHall();
    await take(1);
    await relayed();
  });

  it("tells a backup that was put back from a rewritten history", async () => {
    const file = join(folder, "hall.backup");
    const nodeKey = await loadNodeKey(hall.dataDir, undefined);
    await backUp({ databaseUrl: hall.databaseUrl, nodeKey, file, passphrase: PASSPHRASE }, Date.now());
    const { seq: saved } = headOf();
    await take(3);
    await relayed();
    const lost = headOf().seq - saved;
    await hall.stop();
    await rm(hallDir, { recursive: true });
    hallDir = await makeDataDir();
    process.env["SERVICE_HALL_PASSPHRASE"] = PASSPHRASE;
    expect(await runCli(["restore", file, "--data", hallDir])).toBe(0);
    delete process.env["SERVICE_HALL_PASSPHRASE"];
    await startHall();
    await take(2);
    await relayed();
    const told = await atCity();
    expect(told.says[1]).toMatch(new RegExp(`came back from a backup; from event ${String(saved + 1)} on`));
    const proof = await proveHistory(city.context.database, hallId, Date.now());
    expect(proof.disputes.map(({ kind }) => kind)).toEqual(["forked", "restored"]);
    expect(proof.disputes[1]?.held).toHaveLength(lost);
    expect(await check(proof)).toMatchObject({ code: 0 });
  });

  it("tells a rewritten history under a new name of the log from a backup", async () => {
    await rewriteFrom(6);
    await asOwner((client) => client.query("UPDATE halls SET epoch = 'another-name' WHERE hall_id = $1", [hallId]));
    await hall.stop();
    await startHall();
    await relayed();
    const told = await atCity();
    expect(told.sound).toBe(false);
    expect(told.says.join("\n")).toMatch(/history was REWRITTEN from event 6 on: what it sent claims to be older/);
    const checked = await check(await proveHistory(city.context.database, hallId, Date.now()));
    expect(checked.text).toContain("rewritten from event 6 on; both histories are signed");
    expect(checked.code).toBe(0);
  });

  it("takes no batch with a seal that is not its own", async () => {
    const records = await readRecords(hall.context.database, hallId, headOf().seq - 1, 1);
    const seal = new HeadSealer(hall.context.personal, "another-hall").seal({
      hallId,
      epoch: "x",
      seq: 1,
      hash: "0".repeat(64),
    });
    const response = await fetch(`${city.url}/api/relay/${hallId}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ epoch: headOf().epoch, records, seal }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("seal");
  });
});
