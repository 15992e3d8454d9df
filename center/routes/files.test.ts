import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStateSchema, FILES_PATH, type FileState } from "../../shared/contract/files.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { BLOCK_BYTES, MAX_FILE_BYTES, MAX_PART_BLOCKS, type FileType } from "../../shared/domain/files/file.ts";
import { appliedItem, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";

/*
 * Files at a real center on a real PostgreSQL:
 *  - however the parts of a file come (order, twice, some not at all), the center has the very file or says what is missing;
 *  - it survives the end of the center; what is not the announced content is refused; on the disk nothing is readable;
 *  - only staff terminals of the hall with somebody signed in read.
 */

let center: TestCenter;
let window1: EnrolResponse;
let kiosk: EnrolResponse;
let review: EnrolResponse;

beforeAll(async () => {
  center = await startCenter();
  window1 = await center.enrol("window", "1");
  kiosk = await center.enrol("kiosk");
  review = await center.enrol("review", "1");
  await center.addClerk("1001");
});
afterAll(() => center.stop());

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A file of some size that passes for a JPEG. */
const picture = (size: number): Buffer => {
  const bytes = randomBytes(size);
  bytes.set([0xff, 0xd8, 0xff]);
  return bytes;
};

const auth = ({ deviceId, secret }: Pick<EnrolResponse, "deviceId" | "secret">): Record<string, string> => ({
  authorization: `Bearer ${deviceId}:${secret}`,
});

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly body: unknown;
}

const ask = async (path: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(`${center.url}${path}`, init);
  const text = await response.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status, code: (body as { error?: { code: string } } | null)?.error?.code ?? null, body };
};

const offer = (bytes: Buffer, device = window1, type: FileType = "image/jpeg"): Promise<Answer> =>
  ask(FILES_PATH, {
    method: "POST",
    headers: { ...auth(device), "content-type": "application/json" },
    body: JSON.stringify({ hash: sha256(bytes), size: bytes.length, type }),
  });

const send = (bytes: Buffer, from: number, to: number, device = window1, hash = sha256(bytes)): Promise<Answer> => {
  const part = Uint8Array.from(bytes.subarray(from * BLOCK_BYTES, to * BLOCK_BYTES));
  return ask(`${FILES_PATH}/${hash}/part`, {
    method: "POST",
    headers: {
      ...auth(device),
      "content-type": "application/octet-stream",
      "x-offset": String(from * BLOCK_BYTES),
      "x-sha256": sha256(part),
    },
    body: part,
  });
};

const complete = (hash: string, device = window1): Promise<Answer> =>
  ask(`${FILES_PATH}/${hash}/complete`, { method: "POST", headers: auth(device) });

const read = async (hash: string, device = window1, range?: string): Promise<{ status: number; bytes: Buffer }> => {
  const headers = { ...auth(device), ...(range === undefined ? {} : { range }) };
  const response = await fetch(`${center.url}${FILES_PATH}/${hash}`, { headers });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};

const stateOf = (answer: Answer): FileState => fileStateSchema.parse(answer.body);

/** Sends what is missing until nothing is. */
const finish = async (bytes: Buffer): Promise<void> => {
  const { missing } = stateOf(await offer(bytes));
  for (const [from, to] of missing)
    for (let at = from; at < to; at += MAX_PART_BLOCKS) await send(bytes, at, Math.min(to, at + MAX_PART_BLOCKS));
  expect(await complete(sha256(bytes))).toMatchObject({ status: 200, body: { complete: true } });
};

describe("a file in parts", () => {
  it("arrives as it was, or the center says what is missing: in any order, doubled, cut", async () => {
    await center.login(window1, "1001");
    const parts = fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 5 })), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 12 * BLOCK_BYTES }), parts, async (size, sent) => {
        const bytes = picture(size);
        const hash = sha256(bytes);
        const count = Math.ceil(size / BLOCK_BYTES);
        expect(stateOf(await offer(bytes))).toEqual({ complete: false, missing: [[0, count]] });
        const there = new Set<number>();
        for (const [from, length] of sent) {
          const to = Math.min(count, from + length);
          const answer = await send(bytes, from, to);
          expect(answer.status).toBe(from < to ? 204 : 400);
          for (let block = from; block < to; block += 1) there.add(block);
        }
        const { missing } = stateOf(await offer(bytes));
        expect(missing.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))).toEqual(
          Array.from({ length: count }, (_, block) => block).filter((block) => !there.has(block)),
        );
        if (there.size < count) expect(await complete(hash)).toMatchObject({ code: "file_incomplete", status: 409 });
        await finish(bytes);
        await finish(bytes);
        expect((await read(hash)).bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it("is read in pieces", async () => {
    const bytes = picture(5 * BLOCK_BYTES + 77);
    await finish(bytes);
    const hash = sha256(bytes);
    for (const [from, to] of [
      [0, 1],
      [BLOCK_BYTES - 1, BLOCK_BYTES + 1],
      [BLOCK_BYTES, 3 * BLOCK_BYTES],
      [100, bytes.length],
    ] as const) {
      const { status, bytes: piece } = await read(hash, window1, `bytes=${String(from)}-${String(to - 1)}`);
      expect(status).toBe(206);
      expect(piece.equals(bytes.subarray(from, to))).toBe(true);
    }
  });

  it("goes on where it was after the center was ended and started again on the same data", async () => {
    const bytes = picture(6 * BLOCK_BYTES);
    await offer(bytes);
    await send(bytes, 0, 4);
    const again = await startCenter({ databaseUrl: center.databaseUrl });
    try {
      const answer = await fetch(`${again.url}${FILES_PATH}`, {
        method: "POST",
        headers: { ...auth(window1), "content-type": "application/json" },
        body: JSON.stringify({ hash: sha256(bytes), size: bytes.length, type: "image/jpeg" }),
      });
      expect(await answer.json()).toEqual({ complete: false, missing: [[4, 6]] });
    } finally {
      await again.stop();
    }
  });

  it("rests encrypted", async () => {
    const mark = "canary-居民身份证-440100";
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(mark.repeat(50))]);
    await finish(bytes);
    const { rows } = await center.context.database.query<{ box: Buffer }>(
      "SELECT box FROM file_blocks WHERE hash = $1",
      [sha256(bytes)],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.box.includes(Buffer.from(mark))).toBe(false);
  });
});

describe("what is refused", () => {
  it("a content that is not the announced one; it can then be sent anew", async () => {
    const bytes = picture(2 * BLOCK_BYTES);
    const hash = sha256(bytes);
    await offer(bytes);
    const other = picture(2 * BLOCK_BYTES);
    await send(other, 0, 2, window1, hash);
    expect(await complete(hash)).toMatchObject({ code: "file_differs", status: 409 });
    expect(await complete(hash)).toMatchObject({ code: "file_unknown" });
    await finish(bytes);
  });

  it("another kind than announced", async () => {
    const bytes = Buffer.from("MZ this is a program".padEnd(200));
    await offer(bytes, window1, "application/pdf");
    await send(bytes, 0, 1);
    expect(await complete(sha256(bytes))).toMatchObject({ code: "file_type_wrong", status: 415 });
  });

  it("a part broken on the way, beyond the end, between blocks, too large, of nothing announced", async () => {
    const bytes = picture(3 * BLOCK_BYTES);
    const hash = sha256(bytes);
    await offer(bytes);
    const headers = { ...auth(window1), "content-type": "application/octet-stream" };
    const part = (body: Buffer, offset: string, sum = sha256(body), name = hash): Promise<Answer> =>
      ask(`${FILES_PATH}/${name}/part`, {
        method: "POST",
        headers: { ...headers, "x-offset": offset, "x-sha256": sum },
        body: Uint8Array.from(body),
      });
    const block = bytes.subarray(0, BLOCK_BYTES);
    expect((await part(block, "0", sha256(bytes))).status).toBe(400);
    expect((await part(block, String(3 * BLOCK_BYTES))).status).toBe(400);
    expect((await part(block, "17")).status).toBe(400);
    expect((await part(block, "-32768")).status).toBe(400);
    expect((await part(block.subarray(1), "0")).status).toBe(400);
    expect((await part(picture(MAX_PART_BLOCKS * BLOCK_BYTES + 1), "0")).status).toBe(413);
    expect((await part(block, "0", sha256(block), "0".repeat(64))).code).toBe("file_unknown");
    expect((await part(block, "0", sha256(block), "../../x")).status).toBe(404);
  });

  it("more than the largest file, and a terminal that begins file after file", async () => {
    const answer = await ask(FILES_PATH, {
      method: "POST",
      headers: { ...auth(window1), "content-type": "application/json" },
      body: JSON.stringify({ hash: "1".repeat(64), size: MAX_FILE_BYTES + 1, type: "image/png" }),
    });
    expect(answer).toMatchObject({ status: 413, code: "too_large" });
    const greedy = await center.enrol("window", "2");
    const answers = [];
    for (let file = 0; file < 25; file += 1) answers.push((await offer(picture(10), greedy)).status);
    expect(answers.filter((status) => status === 429)).toHaveLength(5);
  });
});

describe("who may", () => {
  it("a kiosk neither sends nor reads; a second screen sends and does not read; a stranger nothing", async () => {
    const bytes = picture(50);
    expect((await offer(bytes, kiosk)).status).toBe(401);
    expect((await offer(bytes, { ...kiosk, secret: "wrong" })).status).toBe(401);
    expect((await offer(bytes, review)).status).toBe(200);
    await send(bytes, 0, 1, review);
    expect((await complete(sha256(bytes), review)).status).toBe(200);
    expect((await read(sha256(bytes), review)).status).toBe(401);
    expect((await read(sha256(bytes), kiosk)).status).toBe(401);
    expect((await read(sha256(bytes), window1)).status).toBe(404);
  });

  it("staff read what belongs to a case that they may see; a department, of its own cases only", async () => {
    const [window2, education, police] = await Promise.all([
      center.enrol("window", "2"),
      center.enrol("desk", null, "教育局"),
      center.enrol("desk", null, "公安局"),
    ]);
    for (const [at, device] of [window2, education, police].entries()) {
      await center.addClerk(`200${String(at)}`);
      await center.login(device, `200${String(at)}`);
    }
    const { clerkId } = await center.login(window1, "1001");
    const [scan, draft] = [picture(90), picture(91)];
    await finish(scan);
    await finish(draft);
    const client = await NodeClient.connect({ url: center.url, ...window1 });
    const intakeId = uuidv7();
    const record = { mode: "record", clerkId } as const;
    await client.send("OpenIntake", intakeOf({ intakeId, items: [appliedItem(uuidv7())] }), record);
    const statusOf = async (bytes: Buffer): Promise<readonly number[]> =>
      Promise.all([window1, window2, education, police].map(async (each) => (await read(sha256(bytes), each)).status));
    // Its own terminal reads what it has sent; nobody else does before it belongs to a case.
    expect(await statusOf(scan)).toEqual([200, 404, 404, 404]);
    const file = { hash: sha256(scan), bytes: scan.length, mime: "image/jpeg", pages: 1 } as const;
    const received = { intakeId, key: "m1", receipt: receipt({ way: "scan", files: [file] }) };
    await client.send("ReceiveMaterial", received, record);
    expect(await statusOf(scan)).toEqual([200, 200, 200, 404]);
    expect(await statusOf(draft)).toEqual([200, 404, 404, 404]);
    client.close();
  });

  it("staff read the scan of a power of attorney in a ledger that they see; a department that is not named does not", async () => {
    const bytes = picture(90);
    await finish(bytes);
    const desk = await center.enrol("desk");
    const tax = await center.enrol("desk", null, "税务局");
    for (const [device, no] of [
      [desk, "9101"],
      [tax, "9102"],
    ] as const) {
      await center.addClerk(no);
      await center.login(device, no);
    }
    expect((await read(sha256(bytes), desk)).status).toBe(404);
    const { clerkId } = await center.login(window1, "1001");
    const client = await NodeClient.connect({ url: center.url, ...window1 });
    const entryId = uuidv7();
    const values = { group: "old", item: "社保卡申领", way: "home" };
    const sealed = { applicant: "box-1", phone: "box-1" };
    await client.send("OpenLedgerEntry", { entryId, ledgerId: "assisted", values, sealed }, { clerkId });
    const attorneyFile = [`${sha256(bytes)} image/jpeg ${String(bytes.length)} 1`];
    const entrust = { attorney: "signed", handOver: ["户口簿原件"], attorneyFile };
    const move = { entryId, moveId: "entrust", values: entrust, sealed: {}, note: "" };
    expect(await client.send("MoveLedgerEntry", move, { clerkId })).toMatchObject({ status: "accepted" });
    expect((await read(sha256(bytes), desk)).bytes.equals(bytes)).toBe(true);
    expect((await read(sha256(bytes), tax)).status).toBe(404);
    client.close();
  });

  it("an upload that nobody goes on with is thrown away after a week, and can then be sent anew", async () => {
    const [old, fresh, whole] = [picture(3 * BLOCK_BYTES), picture(2 * BLOCK_BYTES), picture(80)];
    for (const bytes of [old, fresh]) {
      await offer(bytes);
      await send(bytes, 0, 1);
    }
    await finish(whole);
    const { database, files } = center.context;
    const weekAgo = Date.now() - 8 * 86_400_000;
    const hashes = [sha256(old), sha256(whole)];
    await database.query("UPDATE files SET began_at = $1 WHERE hash = ANY ($2)", [weekAgo, hashes]);
    expect(await files.dropAbandoned(center.hallId ?? "")).toBe(1);
    const { rows } = await database.query("SELECT 1 FROM file_blocks WHERE hash = $1", [sha256(old)]);
    expect(rows).toEqual([]);
    expect(stateOf(await offer(fresh)).missing).toEqual([[1, 2]]);
    expect((await read(sha256(whole))).status).toBe(200);
    await finish(old);
  });

  it("nobody reads where nobody is signed in; who reads is noted", async () => {
    const bytes = picture(60);
    await finish(bytes);
    const empty = await center.enrol("window", "3");
    expect((await read(sha256(bytes), empty)).status).toBe(403);
    await read(sha256(bytes), window1);
    const { rows } = await center.context.database.query("SELECT device_id FROM file_reads WHERE hash = $1", [
      sha256(bytes),
    ]);
    expect(rows).toEqual([{ device_id: window1.deviceId }]);
  });

  it("a terminal of another hall does not see the file", async () => {
    const bytes = picture(70);
    await finish(bytes);
    const { database } = center.context;
    await database.query("UPDATE devices SET hall_id = 'other-hall' WHERE device_id = $1", [review.deviceId]);
    expect(stateOf(await offer(bytes, review))).toEqual({ complete: false, missing: [[0, 1]] });
  });
});
