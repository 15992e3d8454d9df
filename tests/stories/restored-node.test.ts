import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backUp } from "../../center/backup/backup.ts";
import { runCli } from "../../center/cli/run-cli.ts";
import { loadNodeKey } from "../../center/identity/personal.ts";
import { verifyLog } from "../../center/log/verify.ts";
import type { OpenTerminal } from "../../renderer/store/open-terminal.ts";
import { makeDataDir, startCenter, type TestCenter } from "../helpers/center.ts";
import { TestMachine } from "../helpers/test-environment.ts";
import { eventually, startTerminal } from "../helpers/test-terminal.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

/*
 * A real node is backed up by the command, goes on, and is lost. The backup is put into an empty folder; the terminal, which
 * holds more than it, takes the log as it is now and sends again what the backup did not have.
 */

const PASSPHRASE = "a long passphrase 长";
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await makeDataDir();
  file = join(folder, "hall.backup");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

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
      const sent = await kiosk.send("TakeTicket", ticketWish(ticketId), { mode: "claim" });
      expect(sent).toMatchObject({ status: "accepted" });
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
