import { describe, expect, it } from "vitest";
import type { DocumentKind } from "../../../shared/domain/case/intake.ts";
import { CaseHall, HASH, requirement, zhang } from "../../../shared/testing/case-fixture.ts";
import { missingPapers } from "./use-case-papers.ts";

const issue = (hall: CaseHall, kind: DocumentKind, documentId: string): unknown =>
  hall.give(zhang, "IssueDocument", {
    intakeId: "i1",
    caseId: null,
    documentId,
    kind,
    number: documentId,
    textHash: HASH,
    template: "t1",
  });
const missing = (hall: CaseHall, side: "window" | "desk" = "window"): readonly DocumentKind[] =>
  missingPapers(hall.case(), hall.intake(), side);

describe("papers that an outcome did not give out, for the power went or the disk was full", () => {
  it("are asked for at the counter until they are made", () => {
    const hall = new CaseHall();
    hall.openComplete();
    expect(missing(hall)).toEqual([]);
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    expect(missing(hall)).toEqual(["acceptance", "materialReceipt"]);
    expect(missing(hall, "desk")).toEqual([]);
    issue(hall, "acceptance", "d1");
    expect(missing(hall)).toEqual(["materialReceipt"]);
    issue(hall, "materialReceipt", "d2");
    expect(missing(hall)).toEqual([]);
  });

  it("are one for each notification, and those of a tolerance", () => {
    const hall = new CaseHall();
    hall.open({ materials: [requirement("m1"), requirement("m2", { necessity: 3 })] });
    hall.fill();
    const correct = (correctionId: string, repeatReason: string | null): unknown =>
      hall.give(zhang, "IssueCorrection", { intakeId: "i1", correctionId, repeatReason }, { mode: "record" });
    correct("k1", null);
    expect(missing(hall)).toEqual(["correction"]);
    issue(hall, "correction", "d1");
    expect(missing(hall)).toEqual([]);
    correct("k2", "材料有变化");
    expect(missing(hall)).toEqual(["correction"]);
    hall.receive("m1");
    hall.give(zhang, "AcceptWithTolerance", { intakeId: "i1", by: "2026-12-01", credit: "clear" });
    expect(missing(hall)).toEqual(["toleranceLetter", "toleranceNotice"]);
  });

  it("are the refusal's, and none of what was taken back", () => {
    const refused = new CaseHall();
    refused.open();
    refused.give(zhang, "RefuseIntake", { intakeId: "i1", reason: "不属于本机关职权", remedies: ["复议"] });
    expect(missing(refused)).toEqual(["refusal"]);
    const withdrawn = new CaseHall();
    withdrawn.open();
    withdrawn.give(zhang, "WithdrawIntake", { intakeId: "i1", reason: "不再申请" });
    expect(missing(withdrawn)).toEqual([]);
  });
});
