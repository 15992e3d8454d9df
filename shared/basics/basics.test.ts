import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json.ts";
import { idSchema } from "./id.ts";
import { sha256Hex } from "./sha256.ts";
import { addDays, clockOf, dayOf } from "./time.ts";

describe("time of the hall", () => {
  it("changes the day at the hall's midnight, not at UTC's", () => {
    expect(dayOf(Date.UTC(2026, 10, 22, 15, 59, 59), 480)).toBe("2026-11-22");
    expect(dayOf(Date.UTC(2026, 10, 22, 16, 0, 0), 480)).toBe("2026-11-23");
    expect(clockOf(Date.UTC(2026, 10, 22, 16, 5, 0), 480)).toBe("00:05");
  });

  it("counts over month ends and the 29th of February", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });
});

describe("canonical JSON", () => {
  it("does not depend on the order of keys and reads back to the same value", () => {
    expect(canonicalJson({ b: 1, a: [undefined, null, "中"], c: undefined })).toBe('{"a":[null,null,"中"],"b":1}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("sorts keys by their code units, also those that an object would put elsewhere", () => {
    expect(canonicalJson({ b: 1, "9": 2, "10": 3, a: 4 })).toBe('{"10":3,"9":2,"a":4,"b":1}');
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":2,"a":{"toJSON":3}}'))).toBe(
      '{"__proto__":2,"a":{"toJSON":3},"b":1}',
    );
    // Two keys, and then one that reads like both.
    expect([{ c: 1, d: 2 }, { "c\0d": 3 }, {}, { "": 4 }].map(canonicalJson)).toEqual([
      '{"c":1,"d":2}',
      '{"c\\u0000d":3}',
      "{}",
      '{"":4}',
    ]);
    const written = (value: unknown): string => {
      if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
      if (value === null || typeof value !== "object") return JSON.stringify(value);
      const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
      return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`).join(",")}}`;
    };
    const key = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom("__proto__", "toJSON", "a\0b", "a", "b"));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: "small" }, fc.string(), fc.integer(), fc.constant(null), tie("list"), tie("record")),
      list: fc.array(tie("tree")),
      record: fc.dictionary(key, tie("tree")),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonicalJson(value)).toBe(written(value));
      }),
    );
  });
});

describe("an id", () => {
  it("is any text that a database keeps as it is: two of them never become one", () => {
    for (const good of ["0192-a", "办件一号", "😀", "x".repeat(64)])
      expect(idSchema.safeParse(good).success, good).toBe(true);
    for (const bad of ["", "x".repeat(65), "a\0b", "\ud800", "\udfff!"])
      expect(idSchema.safeParse(bad).success).toBe(false);
  });
});

describe("SHA-256", () => {
  it("agrees with FIPS 180-4's example", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
