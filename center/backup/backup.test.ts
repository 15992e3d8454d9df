import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { makeDataDir, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { TestMachine } from "../../tests/helpers/test-environment.ts";
import { eventually, startTerminal } from "../../tests/helpers/test-terminal.ts";
import { loadNodeKey } from "../identity/personal.ts";
import { runCli } from "../cli/run-cli.ts";
import { verifyLog } from "../log/verify.ts";
import { backUp } from "./backup.ts";
import { readSealed, writeSealed } from "./sealed-file.ts";

const PASSPHRASE = "ein langes Kennwort 长";
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await makeDataDir();
  file = join(folder, "hall.backup");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const linesOf = async function* (lines: readonly string[]): AsyncGenerator<string> {
  await Promise.resolve();
  yield* lines;
};
const readAll = async (path: string, passphrase = PASSPHRASE): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readSealed(path, passphrase)) lines.push(line);
  return lines;
};

describe("a sealed file", () => {
  const lines = Array.from({ length: 400 }, (_, index) => `${String(index)} 办 ${randomBytes(1_000).toString("hex")}`);
  const path = () => join(folder, "sealed");

  it("gives its lines back, and shows nothing of them", async () => {
    await writeSealed(path(), PASSPHRASE, linesOf(lines));
    expect(await readAll(path())).toEqual(lines);
    expect((await readFile(path())).includes("办")).toBe(false);
  });

  it.each([
    ["another passphrase", (bytes: Buffer) => bytes, "another"],
    [
      "a flipped bit",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 300_000 ? byte ^ 1 : byte))),
      PASSPHRASE,
    ],
    ["a cut end", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), PASSPHRASE],
    ["a missing frame", (bytes: Buffer) => bytes.subarray(0, 262_144 + 21 + 38), PASSPHRASE],
    ["something behind it", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(40)]), PASSPHRASE],
    ["no backup", () => Buffer.from("hello"), PASSPHRASE],
  ])("refuses %s in a sentence", async (_what, change, passphrase) => {
    await writeSealed(path(), PASSPHRASE, linesOf(lines));
    await writeFile(path(), change(await readFile(path())));
    await expect(readAll(path(), passphrase)).rejects.toThrow(/file|passphrase/);
  });
});

const runCommand = async (args: readonly string[]): Promise<number> => {
  process.env["SERVICE_HALL_PASSPHRASE"] = PASSPHRASE;
  try {
    return await runCli(args);
  } finally {
    delete process.env["SERVICE_HALL_PASSPHRASE"];
  }
};

describe("a node that is put back", () => {
  it("is whole, and what was done after the backup comes back from the terminals, each act once (F27)", async () => {
    const center = await startCenter();
    const port = Number(new URL(center.url).port);
    const device = await center.enrol("kiosk");
    const machine = new TestMachine();
    const open = (): Promise<OpenTerminal> =>
      startTerminal({ machine, role: "kiosk", deviceId: device.deviceId, secret: device.secret, nodeUrl: center.url });
    const kiosk = await open();
    const take = async (ticketId: string): Promise<void> => {
      const wish = {
        ticketId,
        businessId: "A",
        class: "ordinary",
        itemCode: null,
        itemName: null,
        personKey: null,
      } as const;
      expect(await kiosk.send("TakeTicket", wish, { mode: "claim" })).toMatchObject({ status: "accepted" });
    };
    await take("before-1");
    await take("before-2");
    const nodeKey = await loadNodeKey(center.dataDir, undefined);
    const saved = await backUp({ databaseUrl: center.databaseUrl, nodeKey, file, passphrase: PASSPHRASE }, Date.now());
    expect(saved.halls).toEqual([{ hallId: center.hallId, head: center.context.halls.open[0]?.hall.head.seq }]);
    await take("after-1");
    await take("after-2");
    await eventually(() => kiosk.connection.get().outbox === 0, "all acknowledged");
    const numbers = [...kiosk.hall.get().tickets.values()].map(({ number }) => number);
    await center.stop();

    const dataDir = await makeDataDir();
    expect(await runCommand(["restore", file, "--data", dataDir])).toBe(0);
    expect(await runCommand(["restore", file, "--data", dataDir]), "never over what is there").toBe(1);
    const again: TestCenter = await startCenter({ dataDir, port });
    const { hall } = again.context.halls.open[0] ?? {};
    await eventually(() => hall?.state.tickets.has("after-2") === true, "acts sent again", 20_000);
    await eventually(() => kiosk.connection.get().outbox === 0, "all acknowledged again", 20_000);
    const tickets = [...(hall?.state.tickets.values() ?? [])];
    expect(tickets.map(({ id }) => id).sort()).toEqual(["after-1", "after-2", "before-1", "before-2"]);
    expect(tickets.map(({ number }) => number).sort()).toEqual(numbers.sort());
    expect((await verifyLog(again.context.database, again.hallId ?? "")).faults).toEqual([]);
    expect(again.context.personal.keyFor("test")).toEqual(center.context.personal.keyFor("test"));
    await kiosk.close();
    await again.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  it("refuses a file that is not whole before anything is changed, in a sentence", async () => {
    const dataDir = await makeDataDir();
    const cut = join(folder, "cut.backup");
    await writeFile(cut, (await readFile(file)).subarray(0, -5));
    expect(await runCommand(["restore", cut, "--data", dataDir])).toBe(1);
    expect(await runCommand(["restore", file, "--data", dataDir])).toBe(0);
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);
});
