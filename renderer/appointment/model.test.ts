import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personNumberFault } from "../../shared/domain/appointment/person-number.ts";
import { personOfIdNumber } from "../../shared/domain/appointment/person.ts";
import { bookFaults, findFaults, plainCode } from "./model.ts";

const right = { name: "王小明", idNumber: "11010519491231002X", phone: "", code: "12345678" };

describe("who books on a phone", () => {
  it("gives a name, a number that can be one, and a telephone or none", () => {
    expect(bookFaults(right)).toEqual({});
    for (const idNumber of ["1101 0519 4912 3100 2x", "P1234567", "FRA300000000004", "H12345678"])
      expect(bookFaults({ ...right, idNumber }), idNumber).toEqual({});
    for (const phone of ["13800005678", "138 0000 5678", "+4915112345678", "020-8123456"])
      expect(bookFaults({ ...right, phone }), phone).toEqual({});
  });

  it("hears what is wrong, each at its field", () => {
    expect(bookFaults({ name: " ", idNumber: "110105194912310021", phone: "12", code: "" })).toEqual({
      name: "appointment:fault.name",
      idNumber: "appointment:fault.idNumber",
      phone: "appointment:fault.phone",
    });
    expect(personNumberFault(" ")).toBe("missing");
    expect(personNumberFault("12-3")).toBe("short");
    expect(personNumberFault("1101051949123100")).toBe("idNumber");
  });

  it("finds it again by eight digits however they were written down", () => {
    expect(plainCode("１２３４ 56-78")).toBe("12345678");
    expect(findFaults({ ...right, code: "1234567" })).toEqual({ code: "appointment:fault.code" });
    expect(findFaults({ ...right, code: "1234 5678" })).toEqual({});
  });

  it("is one person whatever spaces, hyphens and letters the number is typed with", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("", " ", "-"), { minLength: 18, maxLength: 18 }), (between) => {
        const typed = [...right.idNumber.toLowerCase()].map((sign, at) => sign + (between[at] ?? "")).join("");
        expect(personOfIdNumber(typed)).toBe(personOfIdNumber(right.idNumber));
      }),
    );
  });
});
