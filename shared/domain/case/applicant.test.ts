import { describe, expect, it } from "vitest";
import { applicantSchema, type Applicant } from "./applicant.ts";

describe("an applicant's record", () => {
  it("needs a name and a number", () => {
    const typed: Applicant = {
      kind: "person",
      name: "张三",
      idType: "111",
      idNo: "11010519491231002X",
      phone: "13800138000",
      address: "",
      representative: "",
      source: "typed",
      overrideReason: null,
    };
    expect(applicantSchema.safeParse(typed).success).toBe(true);
    expect(applicantSchema.safeParse({ ...typed, name: " " }).success).toBe(false);
    expect(applicantSchema.safeParse({ ...typed, idNo: "" }).success).toBe(false);
  });
});
