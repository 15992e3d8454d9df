import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sampleCard, startIdReaderSimulator, type IdReaderSimulator } from "../../tests/helpers/id-reader-simulator.ts";
import { openIdReader } from "./id-reader.ts";
import { openSerialLine } from "./serial-line.ts";

let simulator: IdReaderSimulator;
beforeEach(async () => {
  simulator = await startIdReaderSimulator();
});
afterEach(async () => {
  expect(simulator.faults).toEqual([]);
  await simulator.stop();
});

/** The pseudo-terminal is programs of the system, which a busy machine lets wait. */
const SOON = { timeout: 10_000 };

const readerAt = (path: string | null) => openIdReader(() => ({ port: path }), openSerialLine);

describe("an ID card reader on a serial line", () => {
  test("reads the card that lies on it, all of it", async () => {
    simulator.lay(sampleCard);
    expect(await readerAt(simulator.path).read()).toEqual({
      ok: true,
      value: {
        name: "王小芳",
        gender: "2",
        nation: "01",
        birthDate: "1949-12-31",
        address: "广东省广州市越秀区府前路1号",
        idNumber: "11010519491231002X",
        issuer: "广州市公安局越秀分局",
        validFrom: "2010-01-01",
        validTo: null,
      },
    });
    expect(simulator.commands).toEqual(["status", "find", "select", "readBase"]);
  });

  test("waits for a card that is laid on late, and prefers the newer address", async () => {
    const reading = readerAt(simulator.path).read();
    await expect.poll(() => simulator.commands.filter((name) => name === "find").length, SOON).toBeGreaterThan(1);
    simulator.lay({ ...sampleCard, validTo: "20300101", newAddress: "深圳市福田区2号" });
    const outcome = await reading;
    expect(outcome).toMatchObject({ ok: true, value: { address: "深圳市福田区2号", validTo: "2030-01-01" } });
  });

  test.each([
    ["silent", "no_answer"],
    ["garbage", "no_answer"],
    ["bad_check", "garbage"],
    ["broken", "broken"],
    ["cannot_read", "read_failed"],
    ["cut_short", "read_failed"],
  ] as const)(
    "that is %s is told as %s",
    async (state, code) => {
      simulator.set(state);
      simulator.lay(sampleCard);
      expect(await readerAt(simulator.path).read()).toEqual({ ok: false, error: { code } });
    },
    15_000,
  );

  test.each([
    ["a wrong check digit", { idNumber: "110105194912310021" }],
    ["a day that there is none", { birth: "19490231" }],
    ["no name", { name: "" }],
  ])("does not take a card with %s", async (_, odd) => {
    simulator.lay({ ...sampleCard, ...odd });
    expect(await readerAt(simulator.path).read()).toEqual({ ok: false, error: { code: "unknown_card" } });
  });

  test("stops waiting when told to, and reads again afterwards", async () => {
    const reader = readerAt(simulator.path);
    const reading = reader.read();
    await expect.poll(() => simulator.commands.includes("find"), SOON).toBe(true);
    expect(await reader.read()).toEqual({ ok: false, error: { code: "busy" } });
    reader.cancel();
    expect(await reading).toEqual({ ok: false, error: { code: "cancelled" } });
    simulator.lay(sampleCard);
    expect((await reader.read()).ok).toBe(true);
  });

  test("that is unplugged while it waits is told as not connected", async () => {
    const reading = readerAt(simulator.path).read();
    await expect.poll(() => simulator.commands.includes("find"), SOON).toBe(true);
    const { path } = simulator;
    await simulator.stop();
    expect(await reading).toEqual({ ok: false, error: { code: "not_connected" } });
    simulator = await startIdReaderSimulator();
    expect(path).toMatch(/^\/dev\//);
  });

  test("is missing: not set up, or no such port", async () => {
    expect(await readerAt(null).read()).toEqual({ ok: false, error: { code: "no_reader" } });
    expect(await readerAt("/dev/no-such-port").check()).toEqual({ ok: false, error: { code: "not_connected" } });
    expect(await readerAt(simulator.path).check()).toEqual({ ok: true, value: null });
  });
});
