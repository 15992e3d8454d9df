import { describe, expect, it } from "vitest";
import { applicantOf } from "../../testing/case-fixture.ts";
import { applicantSchema } from "./applicant.ts";

describe("an applicant's record", () => {
  it("needs a name and a number", () => {
    const typed = applicantOf();
    expect(applicantSchema.safeParse(typed).success).toBe(true);
    expect(applicantSchema.safeParse({ ...typed, name: " " }).success).toBe(false);
    expect(applicantSchema.safeParse({ ...typed, idNo: "" }).success).toBe(false);
  });
});
