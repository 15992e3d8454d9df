import { describe, expect, it } from "vitest";
import { CaseHall, department, requirement, zhang } from "../../testing/case-fixture.ts";
import { stillOwed, wantedLater } from "./make-up.ts";

const desk = department("教育局");
const wanted = (hall: CaseHall): readonly string[] => wantedLater(hall.state, hall.intake());

/** Accepted with m2 and m3 owed. */
const tolerated = (): CaseHall => {
  const hall = new CaseHall();
  const mayFollow = { necessity: 3 } as const;
  hall.open({ materials: [requirement("m1"), requirement("m2", mayFollow), requirement("m3", mayFollow)] });
  hall.fill();
  hall.receive("m1");
  expect(wanted(hall)).toEqual([]);
  hall.give(zhang, "AcceptWithTolerance", { intakeId: "i1", by: "2026-12-01", credit: "clear" });
  return hall;
};

describe("what comes in after the acceptance", () => {
  it("is what is owed, until all of it is there", () => {
    const hall = tolerated();
    expect(wanted(hall)).toEqual(["m2", "m3"]);
    hall.receive("m2");
    expect(wanted(hall)).toEqual(["m2", "m3"]);
    expect(stillOwed(hall.intake()).map(({ key }) => key)).toEqual(["m3"]);
    hall.receive("m3");
    expect(wanted(hall)).toEqual([]);
    expect(stillOwed(hall.intake())).toEqual([]);
  });

  it("is any material while the department waits for the counter or the clock stands", () => {
    const hall = new CaseHall();
    hall.openComplete();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    expect(wanted(hall)).toEqual([]);
    hall.give(desk, "ReturnCase", { caseId: "c1", reason: "看不清" });
    expect(wanted(hall)).toEqual(["m1", "m2", "m3"]);
    hall.give(zhang, "ResubmitCase", { caseId: "c1", note: "" });
    expect(wanted(hall)).toEqual([]);
    hall.give(desk, "StartSpecialProcedure", { caseId: "c1", kind: "correction", reason: "补正" });
    expect(wanted(hall)).toEqual(["m1", "m2", "m3"]);
    hall.give(desk, "EndSpecialProcedure", { caseId: "c1", result: "" });
    expect(wanted(hall)).toEqual([]);
  });

  it("is nothing of an intake that was refused or withdrawn", () => {
    const hall = new CaseHall();
    hall.open();
    hall.give(zhang, "WithdrawIntake", { intakeId: "i1", reason: "不再申请" });
    expect(wanted(hall)).toEqual([]);
  });
});
