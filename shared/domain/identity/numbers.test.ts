import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCreditCode } from "./credit-code.ts";
import { idNumberFault, plainIdNumber } from "./id-number.ts";
import { isPhone } from "./phone.ts";

const digits = "0123456789";
const ofCode = "0123456789ABCDEFGHJKLMNPQRTUWXY";

describe("an ID number (GB 11643)", () => {
  it("is right with its check digit and a birth date that exists", () => {
    expect(idNumberFault("11010519491231002X")).toBeNull();
    expect(idNumberFault("440524188001010014")).toBeNull();
  });

  it("tells what is wrong", () => {
    expect(idNumberFault("1101051949123100")).toBe("length");
    expect(idNumberFault("11010519491231002x")).toBe("characters");
    expect(idNumberFault("11010519490231002X")).toBe("birth");
    expect(idNumberFault("110105194912310021")).toBe("checkDigit");
    expect(idNumberFault("11010519491231002X", "1949-12-30")).toBe("future");
    expect(plainIdNumber(" １１0105 19491231-002x")).toBe("11010519491231002X");
  });

  it("finds every single wrong character, and every two neighbours swapped", () => {
    const known = "11010519491231002X";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.constantFrom(...digits), (place, digit) => {
        fc.pre(known[place] !== digit);
        expect(idNumberFault(known.slice(0, place) + digit + known.slice(place + 1))).not.toBeNull();
      }),
    );
    for (let place = 0; place < 16; place += 1) {
      const [one, other] = [known[place] ?? "", known[place + 1] ?? ""];
      if (one !== other)
        expect(idNumberFault(known.slice(0, place) + other + one + known.slice(place + 2))).not.toBeNull();
    }
  });
});

describe("a credit code (GB 32100)", () => {
  it("is right with its check character", () => {
    expect(isCreditCode("91350100M000100Y43")).toBe(true);
    expect(isCreditCode("11440000006940116U")).toBe(true);
    expect(isCreditCode("91350100M000100Y4I")).toBe(false);
  });

  it("finds every single wrong character", () => {
    const known = "91350100M000100Y43";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...ofCode), (place, character) => {
        fc.pre(known[place] !== character);
        expect(isCreditCode(known.slice(0, place) + character + known.slice(place + 1))).toBe(false);
      }),
    );
  });
});

it("a phone is a mobile, a land line or an international number", () => {
  for (const good of ["13812345678", "020-83123456", "83123456", "010-12345678-801", "+85221234567"])
    expect(isPhone(good), good).toBe(good !== "010-12345678-801");
  for (const bad of ["1381234567", "12812345678", "abc", ""]) expect(isPhone(bad), bad).toBe(false);
});
