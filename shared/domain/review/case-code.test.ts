import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCaseCodeOf, readCaseCode, writeCaseCode } from "./case-code.ts";

const MINUTE = 60_000;
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const code = fc.record({
  deviceId: fc.uuid(),
  ref: fc.uuid(),
  expiresAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((minutes) => minutes * MINUTE),
});

describe("the code on a case's paper", () => {
  it("says what it was made of, to whoever reads it, also inside a larger buffer", () => {
    fc.assert(
      fc.property(key, code, (by, says) => {
        const bytes = writeCaseCode(by, "hall", says) ?? new Uint8Array();
        expect(bytes).toHaveLength(53);
        expect(readCaseCode(bytes)).toEqual(says);
        expect(readCaseCode(Buffer.concat([Buffer.alloc(7, 1), bytes]).subarray(7))).toEqual(says);
        expect(isCaseCodeOf(by, "hall", bytes)).toBe(true);
      }),
    );
  });

  it("is nobody's after one bit has changed, for another hall, or by another key", () => {
    fc.assert(
      fc.property(key, key, code, fc.nat(53 * 8 - 1), (by, other, says, bit) => {
        const bytes = writeCaseCode(by, "hall", says) ?? new Uint8Array();
        const changed = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(isCaseCodeOf(by, "hall", changed)).toBe(false);
        expect(isCaseCodeOf(by, "other", bytes)).toBe(false);
        expect(isCaseCodeOf(other, "hall", bytes)).toBe(Buffer.compare(by, other) === 0);
      }),
    );
  });

  it("is none when it is of another length or kind, and none is made for ids that are no UUIDs", () => {
    expect(readCaseCode(new Uint8Array(52))).toBeUndefined();
    expect(readCaseCode(new Uint8Array(53))).toBeUndefined();
    expect(writeCaseCode(new Uint8Array(32), "hall", { deviceId: "d", ref: "c1", expiresAt: 0 })).toBeNull();
  });
});
