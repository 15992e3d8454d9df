import { uuidv7 } from "uuidv7";
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Environment } from "../../renderer/store/environment.ts";
import { FilesDatabase, filesDatabaseName } from "../../renderer/store/files/files-db.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { appliedItem, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import { awakeDuring } from "../helpers/awake.ts";
import { startCenter, startCenterWithWindow, type TestCenter } from "../helpers/center.ts";
import { SlowLine } from "../helpers/slow-line.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";

/*
 * A window keeps scans, against a real center and a real database:
 *  1. Without a line it keeps them; they go out by themselves when there is one, and another window reads them.
 *  2. On a slow line that is cut twice a scan arrives whole, and what had arrived is not sent again.
 *  3. While it goes out, the clerk's acts are answered at once.
 *  4. The program is killed while it sends, the center too; the same scan arrives whole.
 *  5. On the disk nothing of it is readable; a piece that was changed there is found and not sent.
 *  6. The center comes back from an older backup: it gets the file again.
 */

let center: TestCenter;
let device: EnrolResponse;
beforeAll(async () => {
  ({ center, device } = await startCenterWithWindow());
});
afterAll(() => center.stop());

const scan = (size: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(randomBytes(size));
  bytes.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
  return bytes;
};
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const open = (
  machine: TestMachine,
  nodeUrl = center.url,
  environment: Partial<Environment> = {},
  who = device,
): Promise<OpenTerminal> =>
  startTerminal({ machine, role: "window", deviceId: who.deviceId, secret: who.secret, nodeUrl, environment });

const kept = async (terminal: OpenTerminal, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const outcome = await terminal.files.keep(bytes);
  if (!outcome.ok) throw new Error(`not kept: ${outcome.error}`);
  expect(outcome.value).toMatchObject({ hash: sha256(bytes), size: bytes.length, type: "application/pdf" });
  return outcome.value.hash;
};

const atCenter = async (hash: string): Promise<Buffer | null> => {
  const { files } = center.context;
  const file = await files.find("test-hall", hash);
  if (!file?.isComplete) return null;
  const parts: Buffer[] = [];
  for await (const part of files.read("test-hall", hash, 0, file.size)) parts.push(part);
  return Buffer.concat(parts);
};

const allSent = (terminal: OpenTerminal, ms = 20_000): Promise<void> =>
  eventually(() => terminal.files.uploads.get().waiting === 0, "all files are at the center", ms);

describe("files on a bad line", () => {
  it("wait without a line, go out by themselves, and are read at another counter", async () => {
    const machine = new TestMachine();
    const line = await SlowLine.open(center.url, 100_000);
    line.cut();
    const terminal = await open(machine, line.url);
    const bytes = [scan(5), scan(600_000), scan(32_768)];
    for (const each of bytes) await kept(terminal, each);
    await kept(terminal, bytes[1]!);
    await eventually(() => terminal.files.uploads.get().waiting === 3);
    expect(await terminal.files.read(sha256(bytes[1]!))).toEqual({ ok: true, value: bytes[1] });
    line.mend();
    machine.cameOnline();
    await allSent(terminal);
    const other = await center.enrol("window", "2");
    await center.login(other, "1001");
    const elsewhere = await open(new TestMachine(), center.url, {}, other);
    // Before they belong to a case they are nobody else's to read.
    expect(await elsewhere.files.read(sha256(bytes[0]!))).toEqual({ ok: false, error: "unknown" });
    const files = bytes.map((each) => ({
      hash: sha256(each),
      bytes: each.length,
      mime: "application/pdf" as const,
      pages: 1,
    }));
    const intakeId = uuidv7();
    await terminal.login("1001", "pw-1001");
    await terminal.send("OpenIntake", intakeOf({ intakeId, items: [appliedItem(uuidv7())] }), { mode: "record" });
    const received = { intakeId, key: "m1", receipt: receipt({ way: "upload", files }) };
    await terminal.send("ReceiveMaterial", received, { mode: "record" });
    await eventually(() => (elsewhere.hall.get().intakes.get(intakeId)?.materials[0]?.receipt ?? null) !== null);
    for (const each of bytes) expect(await elsewhere.files.read(sha256(each))).toEqual({ ok: true, value: each });
    expect(await elsewhere.files.read("0".repeat(64))).toEqual({ ok: false, error: "unknown" });
    await elsewhere.close();
    await terminal.close();
    await line.close();
  }, 60_000);

  it("arrive whole over a slow line with two cuts, without starting over; acts are answered meanwhile", async () => {
    const line = await SlowLine.open(center.url, 8_000);
    const machine = new TestMachine();
    const terminal = await open(machine, line.url);
    await eventually(() => terminal.connection.get().link === "online");
    await terminal.login("1001", "pw-1001");
    const bytes = scan(3_000_000);
    const hash = await kept(terminal, bytes);
    for (const share of [0.25, 0.6]) {
      await eventually(() => terminal.files.progressOf(hash) > share, `${String(share)} is sent`, 20_000);
      line.cut();
      await eventually(() => terminal.connection.get().link === "offline", "the cut is noticed", 15_000);
      line.mend();
      machine.cameOnline();
      await eventually(() => terminal.connection.get().link === "online", "the line is back", 20_000);
    }
    const took = await awakeDuring(async () => {
      const answer = await terminal.send("OpenCounter", { counterId: "1" }, { mode: "claim" });
      expect(answer.status).toBe("accepted");
    });
    expect(took).toBeLessThan(2_500);
    await allSent(terminal, 30_000);
    expect((await atCenter(hash))?.equals(bytes)).toBe(true);
    // Two requests of at most half a megabyte were lost.
    expect(line.carriedUp).toBeLessThan(bytes.length + 2 * 524_288 + 400_000);
    await terminal.close();
    await line.close();
  }, 90_000);

  it("survive the end of the program and of the center while they are sent", async () => {
    const machine = new TestMachine();
    const line = await SlowLine.open(center.url, 8_000);
    const first = await open(machine, line.url);
    await eventually(() => first.connection.get().link === "online");
    const bytes = scan(2_500_000);
    const hash = await kept(first, bytes);
    await eventually(() => first.files.progressOf(hash) > 0.2, "begun", 20_000);
    line.cut();
    await first.close();
    await line.close();
    const found = await startCenter({ databaseUrl: center.databaseUrl, dataDir: center.dataDir });
    const second = await open(machine, found.url);
    await eventually(() => second.files.uploads.get().waiting === 1, "known after the restart");
    await allSent(second);
    expect((await atCenter(hash))?.equals(bytes)).toBe(true);
    await second.close();
    await found.stop();
  }, 60_000);

  it("rest encrypted; a piece changed on the disk is found, told and not sent", async () => {
    const machine = new TestMachine();
    const line = await SlowLine.open(center.url, 100_000);
    line.cut();
    const first = await open(machine, line.url);
    const mark = Buffer.from("canary-440100199001011234");
    const bytes = new Uint8Array(Buffer.concat([Buffer.from("%PDF-1.7 "), mark, randomBytes(700_000)]));
    const hash = await kept(first, bytes);
    await first.close();
    const db = new FilesDatabase(filesDatabaseName(device.deviceId), machine.environment());
    const pieces = await db.pieces.toArray();
    expect(pieces.length).toBe(2);
    for (const { sealed } of pieces) expect(Buffer.from(sealed.box).includes(mark)).toBe(false);
    const box = new Uint8Array(pieces[1]!.sealed.box.slice(0));
    box[77] = (box[77] ?? 0) ^ 1;
    await db.pieces.put({ ...pieces[1]!, sealed: { ...pieces[1]!.sealed, box: box.buffer } });
    db.close();
    line.mend();
    const second = await open(machine, line.url);
    await eventually(() => second.files.uploads.get().refused === 1, "the damage is told", 20_000);
    expect(await atCenter(hash)).toBeNull();
    expect((await second.files.read(hash)).ok).toBe(false);
    await kept(second, bytes);
    await allSent(second);
    expect((await atCenter(hash))?.equals(bytes)).toBe(true);
    await second.close();
    await line.close();
  }, 60_000);

  it("are sent again to a center that came back from an older backup", async () => {
    const terminal = await open(new TestMachine());
    const bytes = scan(100_000);
    const hash = await kept(terminal, bytes);
    await allSent(terminal);
    const { database, halls } = center.context;
    await database.query("DELETE FROM file_blocks WHERE hash = $1", [hash]);
    await database.query("DELETE FROM files WHERE hash = $1", [hash]);
    const { hall } = await halls.get("test-hall");
    await hall.changeEpoch();
    await eventually(() => terminal.files.uploads.get().waiting > 0, "offered again", 20_000).catch(() => undefined);
    await allSent(terminal);
    expect((await atCenter(hash))?.equals(bytes)).toBe(true);
    await terminal.close();
  }, 60_000);

  it("are refused with a reason: empty, of no known kind, too large, on a full disk", async () => {
    const terminal = await open(new TestMachine());
    expect(await terminal.files.keep(new Uint8Array(0))).toEqual({ ok: false, error: "empty" });
    expect(await terminal.files.keep(new TextEncoder().encode("MZ program"))).toEqual({
      ok: false,
      error: "wrong_type",
    });
    expect(await terminal.files.keep(new Blob([new Uint8Array(64 * 1024 * 1024 + 1)]))).toEqual({
      ok: false,
      error: "too_large",
    });
    await terminal.close();
  });
});
