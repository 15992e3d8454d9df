import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  haltsRelease,
  handedDown,
  MOST_HANDED,
  offerFor,
  reaches,
  reachInHall,
  widen,
  worthKeeping,
  type Reach,
  type StagedRelease,
} from "./stage.ts";
import { compareVersions, versionSchema } from "./version.ts";

const versionArb = fc.tuple(fc.nat(3), fc.nat(12), fc.nat(12)).map((parts) => parts.join("."));
const ids = (prefix: string) =>
  fc.uniqueArray(
    fc.nat(4).map((n) => `${prefix}${String(n)}`),
    { minLength: 1 },
  );
const reachArb: fc.Arbitrary<Reach> = fc.oneof(
  fc.constant<Reach>({ kind: "nobody" }),
  ids("d").map((deviceIds): Reach => ({ kind: "terminals", deviceIds })),
  ids("h").map((hallIds): Reach => ({ kind: "halls", hallIds })),
  fc.constant<Reach>({ kind: "all" }),
);
/** A terminal belongs to one hall for ever: d0 to h0, d1 to h1, … */
const takerArb = fc
  .record({ n: fc.nat(4), version: versionArb, failed: fc.array(versionArb) })
  .map(({ n, ...rest }) => ({
    hallId: `h${String(n)}`,
    deviceId: `d${String(n)}`,
    ...rest,
  }));
const releaseArb: fc.Arbitrary<StagedRelease> = fc.record({
  version: versionArb,
  reach: reachArb,
  isHalted: fc.boolean(),
});

describe("what a terminal is offered", () => {
  it("is never older than or the same as what it runs, never halted, never what failed there, never out of reach", () => {
    fc.assert(
      fc.property(fc.array(releaseArb), takerArb, (releases, taker) => {
        const offer = offerFor(releases, taker);
        if (!offer) return;
        expect(compareVersions(offer.version, taker.version)).toBeGreaterThan(0);
        expect(offer.isHalted).toBe(false);
        expect(taker.failed).not.toContain(offer.version);
        expect(reaches(offer.reach, taker)).toBe(true);
      }),
    );
  });

  it("is the newest of those, and once it runs nothing is offered until a newer one comes", () => {
    fc.assert(
      fc.property(fc.array(releaseArb), takerArb, (releases, taker) => {
        const offer = offerFor(releases, taker);
        if (!offer) return;
        expect(offerFor(releases, { ...taker, version: offer.version })).toBeUndefined();
      }),
    );
  });

  it("takes whatever is offered one after the other and comes to rest", () => {
    fc.assert(
      fc.property(fc.array(releaseArb), takerArb, (releases, taker) => {
        let { version } = taker;
        for (let step = 0; step <= releases.length; step += 1)
          version = offerFor(releases, { ...taker, version })?.version ?? version;
        expect(offerFor(releases, { ...taker, version })).toBeUndefined();
      }),
    );
  });
});

describe("stages", () => {
  it("only grow, from a trial on: who was reached stays reached", () => {
    fc.assert(
      fc.property(fc.array(reachArb, { maxLength: 6 }), takerArb, (steps, taker) => {
        let reach: Reach = { kind: "nobody" };
        for (const step of steps) {
          const next = widen(reach, step);
          // A hall after a trial takes the trial's place: its terminals have the release by then.
          const isTrialOver = reach.kind === "terminals" && next.kind === "halls";
          if (reaches(reach, taker) && !isTrialOver) expect(reaches(next, taker)).toBe(true);
          reach = next;
        }
      }),
    );
  });

  it("go from one terminal to one hall to all", () => {
    const one: Reach = { kind: "terminals", deviceIds: ["d1"] };
    const hall: Reach = { kind: "halls", hallIds: ["h1"] };
    expect(widen({ kind: "nobody" }, one)).toEqual(one);
    expect(widen(one, hall)).toEqual(hall);
    expect(widen(hall, { kind: "all" })).toEqual({ kind: "all" });
    expect(widen({ kind: "all" }, one)).toEqual({ kind: "all" });
  });

  it("come to a hall as far as they concern it", () => {
    fc.assert(
      fc.property(reachArb, takerArb, (reach, taker) => {
        const own = reachInHall(reach, taker.hallId);
        expect(reaches(own, taker)).toBe(reaches(reach, taker));
      }),
    );
  });
});

describe("of many releases", () => {
  const newestFirst = (releases: readonly StagedRelease[]) =>
    [...releases].sort((a, b) => compareVersions(b.version, a.version));
  const manyArb = fc.array(releaseArb, { maxLength: 150 }).map(newestFirst);

  it("a hall hears of no more than it takes, of the newest always, and of every halt among those", () => {
    fc.assert(
      fc.property(manyArb, (releases) => {
        const handed = handedDown(releases);
        const given = releases.filter(({ reach }) => reach.kind !== "nobody");
        expect(handed.length).toBeLessThanOrEqual(MOST_HANDED);
        expect(handed.slice(0, 20)).toEqual(given.slice(0, 20));
        const halted = given.slice(0, MOST_HANDED).filter(({ isHalted }) => isHalted);
        expect(handed).toEqual(expect.arrayContaining(halted));
      }),
    );
  });

  it("few files are kept, and never not the one that a terminal that goes with all is to have", () => {
    fc.assert(
      fc.property(manyArb, (releases) => {
        const kept = worthKeeping(releases);
        expect(kept.length).toBeLessThanOrEqual(8);
        const forAll = releases.find(({ reach, isHalted }) => reach.kind === "all" && !isHalted);
        if (forAll) expect(kept).toContain(forAll);
      }),
    );
  });
});

describe("a release that does not come up", () => {
  it.each([
    [0, 1, false],
    [1, 1, true],
    [1, 2, false],
    [1, 500, false],
    [2, 500, true],
  ])("on %i of %i terminals: halted %s", (failed, staged, isHalted) => {
    expect(haltsRelease({ failed, staged })).toBe(isHalted);
  });
});

describe("versions", () => {
  it("go by number, not by letter", () => {
    expect(compareVersions("0.10.0", "0.9.9")).toBeGreaterThan(0);
    expect(compareVersions("1.0.0", "1.0.0")).toBe(0);
    fc.assert(
      fc.property(versionArb, versionArb, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      }),
    );
  });

  it.each(["1.0", "1.0.0-beta", "01.0.0", "1.0.0/..", " 1.0.0", "1.0.0\n", ""])("are none: %j", (text) => {
    expect(versionSchema.safeParse(text).success).toBe(false);
  });
});
