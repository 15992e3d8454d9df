import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageSchema, ratesOf, type Coverage } from "./coverage.ts";

const given: Coverage = { asOf: "2026-11-01", listed: 1_200, inHall: 1_140, oneWindow: 855, online: 1_176 };

/** Figures that may be given: every part within its whole. */
const coverage = fc.tuple(fc.nat(99_998), fc.nat(), fc.nat(), fc.nat()).map(([more, a, b, c]): Coverage => {
  const listed = more + 1;
  const inHall = a % (listed + 1);
  return { asOf: "2026-11-01", listed, inHall, oneWindow: b % (inHall + 1), online: c % (listed + 1) };
});

describe("rates of items", () => {
  it("are shares of what each is counted of", () => {
    expect(ratesOf([given])).toEqual({
      inHall: { part: 1_140, of: 1_200, share: 0.95 },
      oneWindow: { part: 855, of: 1_140, share: 0.75 },
      online: { part: 1_176, of: 1_200, share: 0.98 },
    });
  });

  it("of several halls are of all their items, and a hall that gave none changes nothing", () => {
    fc.assert(
      fc.property(fc.array(coverage, { maxLength: 9 }), (halls) => {
        const rates = ratesOf([...halls, null]);
        expect(rates).toEqual(ratesOf(halls));
        for (const rate of [rates.inHall, rates.oneWindow, rates.online])
          expect(rate === null || (rate.share >= 0 && rate.share <= 1)).toBe(true);
        expect(rates.inHall?.of ?? 0).toBe(halls.reduce((sum, { listed }) => sum + listed, 0));
      }),
    );
  });

  it("are none where nobody has given figures, or nothing is in the hall", () => {
    expect(ratesOf([null])).toEqual({ inHall: null, oneWindow: null, online: null });
    expect(ratesOf([{ ...given, inHall: 0, oneWindow: 0 }]).oneWindow).toBeNull();
  });

  it("cannot be above one: figures that do not fit are refused", () => {
    fc.assert(fc.property(coverage, (one) => coverageSchema.safeParse(one).success));
    for (const wrong of [
      { inHall: 1_201 },
      { oneWindow: 1_141 },
      { online: 1_201 },
      { listed: 0 },
      { asOf: "2026-02-30" },
    ])
      expect(coverageSchema.safeParse({ ...given, ...wrong }).success).toBe(false);
  });
});
