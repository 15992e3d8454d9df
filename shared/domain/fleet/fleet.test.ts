import fc from "fast-check";
import { expect, it } from "vitest";
import { fleetLimitsSchema } from "./fleet-limits.ts";
import { fleetCounts, isVersionBehind, terminalLightIds, terminalLights, type FleetTerminal } from "./fleet.ts";
import { reportOf } from "../../testing/terminal-report.ts";
import { printerStates, type TerminalReport } from "./terminal-report.ts";

/*
 * Lights of terminals:
 * - each fault lights its light and no other, and what is well lights none;
 * - the oldest unsent act grows older while nobody hears of the terminal, and is told even of one that is locked or revoked;
 * - red comes before yellow, each light at most once; a terminal is counted once, under its worst.
 */
const limits = fleetLimitsSchema.parse({});
const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;

const well = reportOf({ version: "1.2.3" });
const machine = well.machine ?? undefined;
const terminal = (change: Partial<FleetTerminal> = {}): FleetTerminal => ({
  deviceId: "d",
  name: "一号机",
  role: "kiosk",
  counterId: null,
  department: null,
  isSecond: false,
  enrolledAt: 0,
  seenAt: NOW,
  lockedAt: null,
  lockReason: "",
  revokedAt: null,
  reportedAt: NOW,
  report: well,
  ...change,
});
const lit = (change: Partial<FleetTerminal>, at = NOW): readonly string[] =>
  terminalLights(terminal(change), limits, "1.2.3", at).map(({ id }) => id);
const told = (change: Partial<TerminalReport>, at = NOW): readonly string[] =>
  lit({ report: { ...well, ...change } }, at);
const ofMachine = (change: Partial<NonNullable<TerminalReport["machine"]>>): readonly string[] =>
  told({ machine: machine ? { ...machine, ...change } : null });

it("lights the light of each fault, and none of what is well", () => {
  expect(lit({})).toEqual([]);
  expect(ofMachine({ printer: "none" })).toEqual([]);
  expect(told({ machine: null })).toEqual([]);
  expect(lit({ seenAt: NOW - 6 * MINUTE })).toEqual(["silent"]);
  expect(lit({ seenAt: null, reportedAt: null, report: null })).toEqual(["silent"]);
  expect(ofMachine({ printer: "out_of_paper" })).toEqual(["paperOut"]);
  expect(ofMachine({ printer: "cover_open" })).toEqual(["printer"]);
  expect(ofMachine({ printer: "paper_low" })).toEqual(["paperLow"]);
  expect(ofMachine({ diskFreeMb: 199 })).toEqual(["diskFull"]);
  expect(ofMachine({ diskFreeMb: 999 })).toEqual(["diskLow"]);
  expect(ofMachine({ diskFreeMb: null })).toEqual([]);
  expect(ofMachine({ certificateRefusedMs: 5 * MINUTE })).toEqual(["certificate"]);
  expect(ofMachine({ certificateRefusedMs: 25 * 60 * MINUTE })).toEqual([]);
  expect(ofMachine({ escapeTriedMs: 59 * MINUTE })).toEqual(["escape"]);
  expect(ofMachine({ escapeTriedMs: 60 * MINUTE })).toEqual([]);
  const tried = machine ? { report: { ...well, machine: { ...machine, escapeTriedMs: 58 * MINUTE } } } : {};
  expect(lit(tried, NOW + MINUTE), "a minute later, unheard").toEqual(["escape"]);
  expect(lit(tried, NOW + 3 * MINUTE), "three").toEqual([]);
  expect(told({ clockOffsetMs: -121_000 })).toEqual(["clock"]);
  expect(told({ deadLetters: 2 })).toEqual(["deadLetters"]);
  expect(told({ version: "1.2.2" })).toEqual(["version"]);
  expect(told({ version: "browser" })).toEqual([]);
});

it("tells of unsent acts older than the setting, whatever else was decided of the terminal", () => {
  const unsent = { outbox: 2, oldestMs: 9 * MINUTE };
  expect(told(unsent)).toEqual([]);
  expect(told(unsent, NOW + 2 * MINUTE), "two minutes later, unheard").toEqual(["outbox"]);
  expect(told({ outbox: 0, oldestMs: 9 * MINUTE }, NOW + 2 * MINUTE), "nothing is unsent").toEqual([]);
  const old = { report: { ...well, ...unsent, oldestMs: 11 * MINUTE } };
  for (const decided of [{ lockedAt: NOW }, { revokedAt: NOW }])
    expect(lit({ ...old, ...decided, seenAt: 0 })).toEqual(["outbox"]);
});

it.each([
  ["1.2.2", "1.2.3", true],
  ["1.9.9", "1.10.0", true],
  ["2.0.0", "1.10.0", false],
  ["1.2.3-beta", "1.2.3", false],
  ["", "1.2.3", false],
])("takes %s to be behind %s: %s", (version, wanted, isBehind) => {
  expect(isVersionBehind(version, wanted)).toBe(isBehind);
});

const reports: fc.Arbitrary<TerminalReport> = fc.record({
  version: fc.constantFrom("1.2.3", "1.2.2", "browser"),
  role: fc.constantFrom("kiosk", "display"),
  outbox: fc.nat(5),
  oldestMs: fc.nat(60 * MINUTE),
  deadLetters: fc.nat(2),
  clockOffsetMs: fc.integer({ min: -300_000, max: 300_000 }),
  machine: fc.option(
    fc.record({
      electron: fc.constant("45"),
      os: fc.constant("Linux"),
      upMs: fc.nat(),
      printer: fc.constantFrom(...printerStates),
      diskFreeMb: fc.option(fc.nat(3_000)),
      errorLines: fc.nat(9),
      certificateRefusedMs: fc.option(fc.nat(48 * 60 * MINUTE)),
      escapeTriedMs: fc.option(fc.nat(3 * 60 * MINUTE)),
    }),
  ),
});
const terminals = fc.record({
  seenAt: fc.option(fc.nat(NOW)),
  lockedAt: fc.option(fc.nat(NOW)),
  revokedAt: fc.option(fc.nat(NOW)),
  reportedAt: fc.nat(NOW),
  report: fc.option(reports),
});

it("puts red before yellow, each light once, and counts each terminal once under its worst", () => {
  fc.assert(
    fc.property(fc.array(terminals, { maxLength: 8 }), (changes) => {
      const all = changes.map(terminal);
      for (const each of all) {
        const lights = terminalLights(each, limits, "1.2.3", NOW);
        expect(new Set(lights.map(({ id }) => id)).size).toBe(lights.length);
        for (const { id } of lights) expect(terminalLightIds).toContain(id);
        const tones = lights.map(({ tone }) => tone);
        expect(tones).toEqual([...tones].sort());
      }
      const counts = fleetCounts(all, limits, "1.2.3", NOW);
      const worst = all.map((each) => terminalLights(each, limits, "1.2.3", NOW)[0]?.tone);
      expect(counts.red).toBe(worst.filter((tone) => tone === "red").length);
      expect(counts.yellow).toBe(worst.filter((tone) => tone === "yellow").length);
      expect(counts.terminals).toBe(all.filter(({ revokedAt }) => revokedAt === null).length);
    }),
  );
});
