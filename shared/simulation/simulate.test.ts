import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hallPlanSchema } from "../domain/hall/plan.ts";
import { reportOf, reportText, type SimulationReport } from "./report.ts";
import { simulate } from "./simulate.ts";

const demo = JSON.parse(readFileSync(new URL("../../data/demo-hall.json", import.meta.url), "utf8")) as {
  settings: object;
};
/** Results are not handed out by number here: the figures below are of people who come to be served. */
const sample = { ...demo, settings: { ...demo.settings, kiosk: undefined } };
const all = [{ from: "09:00", to: "17:00" }];
const withoutBreak = {
  week: { mon: all, tue: all, wed: all, thu: all, fri: all, sat: [], sun: [] },
  lastTicketMinutes: 20,
};

const play = (seed: number, more: object = {}, load = 0.72): SimulationReport =>
  reportOf(
    simulate({ plan: hallPlanSchema.parse({ ...sample, ...more }), days: 12, seed, load, firstDay: "2026-11-02" }),
  );

describe("simulated days on the rules of the hall", () => {
  it("gives the same figures for the same seed and others for another", () => {
    expect(play(5)).toEqual(play(5));
    expect(play(5)).not.toEqual(play(6));
  });

  it("lets nobody be overtaken by somebody later than the bound, and no counter idle beside whom it serves", () => {
    for (const seed of [11, 12, 13]) {
      const report = play(seed, {}, 0.85);
      expect(report.overtakes.count, "head starts were used").toBeGreaterThan(50);
      expect(report.overtakes.largest).toBeLessThanOrEqual(report.overtakes.bound);
      expect(report.idleBesideWaiting).toBe(0);
      expect(report.unserved).toBe(0);
    }
  });

  it("starves nobody of a low class: a head start moves waits by no more than itself", () => {
    const { classes } = play(14, {}, 0.9);
    expect(classes.green?.median).toBeLessThan(classes.ordinary?.median ?? 0);
    expect((classes.ordinary?.longest ?? 0) - (classes.green?.longest ?? 0)).toBeLessThan(90);
  });

  it("shows what a rule does before it is used: without head starts all classes wait alike", () => {
    const none = { green: 0, appointment: 0, priority: 0, pickup: 0 };
    const equal = play(15, { settings: { ...sample.settings, creditMinutes: none } }, 0.9);
    expect(equal.overtakes.count).toBe(0);
    const { green, ordinary } = play(15, {}, 0.9).classes;
    const gain = (ordinary?.median ?? 0) - (green?.median ?? 0);
    const gainWithout = (equal.classes.ordinary?.median ?? 0) - (equal.classes.green?.median ?? 0);
    expect(gain).toBeGreaterThan(gainWithout);
  });

  it("prints a table that names every class, the bound and the errors", () => {
    const text = reportText(play(16), "Sample");
    for (const part of ["green", "appointment", "ordinary", "the rule's bound is 20", "average × people"])
      expect(text).toContain(part);
  });
});

describe("the foretold wait", () => {
  // The figure that the design asks for: at least a quarter less mean absolute error.
  it.each([
    ["with a lunch break", {}],
    ["without a break", { hours: withoutBreak }],
  ])("beats average × people ÷ counters by a quarter or more, %s", (_, more) => {
    for (const seed of [1, 2, 3, 4]) {
      const { foretold } = play(seed, more);
      expect(foretold.people).toBeGreaterThan(500);
      expect(foretold.better).toBeGreaterThanOrEqual(0.25);
      expect(foretold.inside, "people called within the range they were told").toBeGreaterThan(0.65);
      expect(Math.abs(foretold.bias)).toBeLessThan(6);
    }
  });

  // Other people, another season, other loads than those by which the estimate's share for the hall's pace was chosen.
  it("does so on days that nobody looked at while it was made", () => {
    for (const [seed, load] of [
      [90_001, 0.6],
      [90_002, 0.85],
      [90_003, 0.95],
    ] as const) {
      const plan = hallPlanSchema.parse(sample);
      const { foretold } = reportOf(simulate({ plan, days: 12, seed, load, firstDay: "2026-03-02" }));
      expect(foretold.better).toBeGreaterThanOrEqual(0.25);
      expect(foretold.inside).toBeGreaterThan(0.65);
    }
  });
});
