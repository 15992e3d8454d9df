import { describe, expect, it } from "vitest";
import { personalValues } from "./personal-values.ts";

const entry = { sealed: { name: "r1", phone: "r1", address: "r2" } };
const whole = JSON.stringify({ name: "李建国", phone: "13905310000" });

describe("the personal values of a ledger's entry", () => {
  it("are put together from its records, without what was erased", () => {
    const records = new Map([
      ["r1", whole],
      ["r2", null],
    ]);
    expect(personalValues(entry, records)).toEqual({ name: "李建国", phone: "13905310000" });
  });

  it.each(["山东省济南市", '{"address":', "null", "[]", '{"address":{"street":"x"}}'])(
    "are not told when a record holds something else: %s",
    (text) => {
      const records = new Map([
        ["r1", whole],
        ["r2", text],
      ]);
      expect(personalValues(entry, records)).toBeNull();
    },
  );
});
