import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { checkProof } from "../../tests/helpers/check-proof.ts";
import { GENESIS_HASH, hashOf, type LogRecord } from "../../shared/contract/log-record.ts";
import { migrate } from "../db/migrate.ts";
import { migrations } from "../db/migrations/index.ts";
import { PersonalBox } from "../identity/personal.ts";
import { createLogger } from "../logger.ts";
import { readDisputes } from "./disputes.ts";
import { HeadSealer } from "./head-seal.ts";
import { proveHistory } from "./prove-history.ts";
import { putRelayHall, receiveBatch } from "./receive.ts";

/* What a hall might try so that a rewritten history passes for a backup's, or cannot be shown to others. A real city's database. */

const log = createLogger("silent");
const HOUR = 3_600_000;
let city: TestCenter;
let halls = 0;
let hallId: string;
let sealer: HeadSealer;
let now = Date.UTC(2026, 10, 23, 1);

beforeAll(async () => {
  city = await startCenter({ mode: "city", ownServer: true });
});
afterAll(() => city.stop());
beforeEach(async () => {
  halls += 1;
  hallId = `hall-${String(halls)}`;
  sealer = new HeadSealer(new PersonalBox(Buffer.alloc(32, halls)), hallId);
  await putRelayHall(city.context.database, hallId, "大厅");
});

/** Events after those given, recorded at these instants; `note` tells one history from another. */
const after = (before: readonly LogRecord[], instants: readonly number[], note = "as it was"): LogRecord[] => {
  const made = [...before];
  for (const instant of instants) {
    const last = made.at(-1);
    const record = {
      hallId,
      seq: (last?.seq ?? 0) + 1,
      type: "DayOpened",
      v: 1,
      at: instant,
      recordedAt: instant,
      commandId: "c",
      actor: { role: "node", deviceId: null, clerkId: null },
      data: { note },
      prevHash: last?.hash ?? GENESIS_HASH,
    };
    made.push({ ...record, hash: hashOf(record) });
  }
  return made;
};
const send = (epoch: string, records: readonly LogRecord[], by: HeadSealer | null = sealer) => {
  const newest = records.at(-1)!;
  const seal = by?.seal({ hallId, epoch, seq: newest.seq, hash: newest.hash });
  now += 1_000;
  return receiveBatch(city.context.database, log, hallId, { epoch, records, seal }, now);
};
const alarm = async (): Promise<string | null | undefined> => {
  const { rows } = await city.context.database.query<{ relay_alarm: string | null }>(
    "SELECT relay_alarm FROM halls WHERE hall_id = $1",
    [hallId],
  );
  return rows[0]?.relay_alarm;
};
const kinds = async () => (await readDisputes(city.context.database, hallId)).map(({ kind }) => kind);
const prove = async (key: string | undefined = sealer.publicKey) =>
  checkProof(await proveHistory(city.context.database, hallId, now), key);
const taken = { ok: true } as const;
const T = Date.UTC(2026, 10, 1);
const honest = () => after([], [T, T + HOUR, T + 2 * HOUR, T + 3 * HOUR]);

describe("a rewritten history that", () => {
  it("comes after a batch with nothing new in it is rewritten all the same", async () => {
    const held = honest();
    await send("one", held);
    expect(await send("one", held.slice(1, 3))).toMatchObject(taken);
    const { rows } = await city.context.database.query("SELECT recorded_at FROM halls WHERE hall_id = $1", [hallId]);
    expect(rows).toEqual([{ recorded_at: T + 3 * HOUR }]);
    expect(await send("two", after(held.slice(0, 2), [T + 2 * HOUR, T + 3 * HOUR], "another"))).toMatchObject(taken);
    expect(await kinds()).toEqual(["rewritten"]);
    expect(await prove()).toMatchObject({ code: 0, text: expect.stringContaining("All of this holds.") as string });
  });

  it("begins late and has old events behind it is rewritten, in the first batch and in a later one", async () => {
    const held = honest();
    await send("one", held);
    const late = after(held.slice(0, 2), [T + 9 * HOUR, T + 2 * HOUR], "another");
    expect(await send("two", late)).toMatchObject(taken);
    expect(await kinds()).toEqual(["rewritten"]);
    const again = after(held.slice(0, 2), [T + 20 * HOUR], "a third one");
    expect(await send("three", again)).toMatchObject(taken);
    expect(await kinds()).toEqual(["restored", "rewritten"]);
    const rest = after(again, [T + HOUR]);
    expect(await send("three", rest.slice(-1))).toMatchObject(taken);
    expect(await kinds()).toEqual(["rewritten", "restored", "rewritten"]);
    await send("three", after(rest, [T + HOUR]).slice(-1));
    expect(await kinds()).toHaveLength(3);
    expect(await prove()).toMatchObject({ code: 0 });
  });

  it("comes under a third name of the log, after known events unsigned under a second, is shown to others", async () => {
    const held = honest();
    await send("one", held);
    expect(await send("two", held.slice(-1), null)).toEqual({
      ok: false,
      error: { code: "bad_request", field: "seal" },
    });
    expect(await alarm()).toBe("sends its history without a signature");
    expect(await send("two", held.slice(-1))).toMatchObject({ ok: true, value: { epoch: "one" } });
    await send("three", after(held.slice(0, 1), [T + HOUR, T + 2 * HOUR], "another"));
    expect(await prove()).toMatchObject({ code: 0, text: expect.stringContaining("rewritten from event 2") as string });
  });

  it("was refused, and comes again under a new name, is shown both times", async () => {
    const held = honest();
    await send("one", held);
    const other = after(held.slice(0, 2), [T + 2 * HOUR], "another");
    for (const _again of [1, 2]) expect(await send("one", other)).toMatchObject({ error: { code: "relay_forked" } });
    await send("two", other);
    expect(await kinds()).toEqual(["rewritten", "forked"]);
    expect(await prove()).toMatchObject({ code: 0, text: expect.stringContaining("forked from event 3") as string });
  });

  it("begins with an event that once came from a backup is shown as well", async () => {
    const held = honest();
    await send("one", held);
    const back = after(held.slice(0, 2), [T + 5 * HOUR], "from a backup");
    await send("two", back);
    await send("one", after(held, [T + 6 * HOUR]).slice(0, 5));
    await send("three", after(back, [T + HOUR], "another"));
    expect(await kinds()).toEqual(["rewritten", "rewritten", "restored"]);
    expect(await prove()).toMatchObject({ code: 0 });
  });

  it("comes after many harmless ones is kept whole", async () => {
    let held = honest();
    await send("0", held);
    for (let n = 1; n <= 52; n += 1) {
      held = after(held.slice(0, 3), [T + (3 + n) * HOUR], String(n));
      expect(await send(String(n), held)).toMatchObject(taken);
    }
    // After the last of them, whose records are not kept any more, and in a batch of its own.
    await send("52", after(held, [T + HOUR]).slice(-1));
    await send("last", after(held.slice(0, 2), [T, T + 9 * HOUR], "another"));
    const all = await kinds();
    expect(all.slice(0, 3)).toEqual(["rewritten", "rewritten", "restored"]);
    expect(all).toHaveLength(54);
    const { code, text } = await prove();
    expect(text).toMatch(/rewritten from event 4 on; both[^]*rewritten from event 3 on; both/);
    expect(code).toBe(0);
  });

  it("comes with seals of another key as well makes nothing of what was proved before", async () => {
    const held = honest();
    await send("one", held);
    await send("one", after(held.slice(0, 2), [T + 2 * HOUR], "another"));
    const other = new HeadSealer(new PersonalBox(Buffer.alloc(32, 99)), hallId);
    await send("one", after(held, [T + 4 * HOUR]), other);
    expect(await alarm()).toBe("signs with another key than before");
    expect(await prove()).toMatchObject({
      code: 0,
      text: expect.stringContaining("1 of them under another key") as string,
    });
  });
});

describe("a proof", () => {
  it("says without the hall's key that nobody knows whose it is", async () => {
    const held = honest();
    await send("one", held);
    const file = () => proveHistory(city.context.database, hallId, now);
    expect(await checkProof(await file(), undefined)).toMatchObject({ code: 0 });
    await send("one", after(held.slice(0, 2), [T + 2 * HOUR], "another"));
    expect(await checkProof(await file(), undefined)).toMatchObject({
      code: 1,
      text: expect.stringContaining("NOT PROVED: whose key it is") as string,
    });
  });

  it("does not make a rewritten history of a backup, nor one of what nobody signed", async () => {
    const held = honest();
    await send("one", held);
    await send("two", after(held.slice(0, 2), [T + 5 * HOUR], "from a backup"));
    const proof = await proveHistory(city.context.database, hallId, now);
    expect(await checkProof(proof, sealer.publicKey)).toMatchObject({ code: 0 });
    const [dispute] = proof.disputes;
    for (const kind of ["forked", "rewritten"] as const) {
      expect(await checkProof({ ...proof, disputes: [{ ...dispute!, kind }] }, sealer.publicKey)).toMatchObject({
        code: 1,
        text: expect.stringContaining(`do not show that it was ${kind}`) as string,
      });
      // Which came first is the city's word: the other way round it is no more.
      const { held: sent, heldHead: sentHead, sent: was, sentHead: wasHead } = dispute!;
      const turned = { ...dispute!, kind, held: was, heldHead: wasHead, sent, sentHead };
      const unsigned = { ...dispute!, kind, heldHead: null };
      for (const forged of [turned, unsigned])
        expect(await checkProof({ ...proof, disputes: [forged] }, sealer.publicKey)).toMatchObject({ code: 1 });
    }
  });

  it("cannot be taken back by the program that keeps it", async () => {
    const { database } = city.context;
    for (const sql of ["DELETE FROM relay_disputes", "UPDATE relay_disputes SET kind = 'restored'"])
      await expect(database.query(sql)).rejects.toThrow("permission denied");
  });
});

describe("what an older program kept of a dispute", () => {
  it("is completed from the log and from what was set aside", async () => {
    const owner = new pg.Client({ connectionString: city.databaseUrl });
    await owner.connect();
    await owner.query("CREATE DATABASE older_city");
    await owner.end();
    const url = new URL(city.databaseUrl);
    url.pathname = "/older_city";
    const older = new pg.Client({ connectionString: url.toString() });
    await older.connect();
    try {
      await migrate(
        older,
        log,
        migrations.filter(({ id }) => id < 101),
      );
      const held = honest();
      const head = held.at(-1)!;
      const put = (records: readonly LogRecord[]) =>
        older.query(
          `INSERT INTO events (hall_id, seq, type, v, at, recorded_at, command_id, actor, data, prev_hash, hash)
           SELECT $1, seq, type, v, at, "recordedAt", "commandId", actor::text, data::text, "prevHash", hash
           FROM json_to_recordset($2::json) AS r(seq bigint, type text, v integer, at bigint, "recordedAt" bigint,
             "commandId" text, actor json, data json, "prevHash" text, hash text)`,
          [hallId, JSON.stringify(records)],
        );
      await put(held);
      const seal = sealer.seal({ hallId, epoch: "one", seq: head.seq, hash: head.hash });
      await older.query("INSERT INTO relay_heads VALUES ($1, 'one', '2026-11-01', $2, $3, $4, $5, $6)", [
        hallId,
        head.seq,
        head.hash,
        T,
        seal.publicKey,
        seal.signature,
      ]);
      const dispute = async (kind: string, epoch: string, sent: readonly LogRecord[], seenAt: number) => {
        const last = sent.at(-1)!;
        const by = sealer.seal({ hallId, epoch, seq: last.seq, hash: last.hash });
        await older.query("INSERT INTO relay_disputes VALUES ($1, 3, $2, $3, 'one', $4, $5, $6, $7, $8)", [
          ...[hallId, sent[0]?.hash, kind, epoch, seenAt, JSON.stringify(sent), by.publicKey, by.signature],
        ]);
      };
      await dispute("forked", "one", after(held.slice(0, 2), [T + 2 * HOUR], "forked").slice(2), T);
      await dispute("rewritten", "two", after(held.slice(0, 2), [T + 2 * HOUR], "rewritten").slice(2), T + 1);
      await older.query("SELECT supersede_events($1, 3, 'one', $2)", [hallId, T + 1]);
      // Not replaced yet when the forked one is looked at.
      await put(held.slice(2));
      await migrate(older, log);
      const proof = await proveHistory(older, hallId, now);
      expect(proof.disputes.map(({ kind, held: kept }) => [kind, kept])).toEqual([
        ["forked", held.slice(2)],
        ["rewritten", held.slice(2)],
      ]);
      expect(await checkProof(proof, sealer.publicKey)).toMatchObject({ code: 0 });
    } finally {
      await older.end();
    }
  });
});
