import { describe, expect, it } from "vitest";
import { appliedItem, CaseHall, department, HASH, li, requirement, zhang } from "../../testing/case-fixture.ts";
import { kiosk, nodeActor, outcome } from "../../testing/hall-fixture.ts";
import { dayOf, DAY_MS } from "../../basics/time.ts";
import { caseLight, dueDaysNow } from "./due.ts";
import { intakeRulesSchema } from "./intake-rules.ts";
import { receiptSchema } from "./material.ts";

const record = { mode: "record" } as const;
const openDay = (hall: CaseHall, days: number): string => {
  hall.now += days * DAY_MS;
  const day = dayOf(hall.now, 480);
  hall.give(nodeActor, "OpenDay", { day });
  return day;
};

describe("opening an intake", () => {
  it("gives it the terminal's next leased number, and makes its case", () => {
    const hall = new CaseHall();
    expect(outcome(hall.open())).toEqual(["IntakeOpened"]);
    expect(hall.intake()).toMatchObject({ number: "20261123000001", state: "open", receivedDay: "2026-11-23" });
    expect(hall.case()).toMatchObject({ number: "20261123000001", state: "intake" });
    hall.open({ intakeId: "i2", items: [appliedItem("c2")] }, li);
    expect(hall.intake("i2").number).toBe("20261123000101");
  });

  it("makes one case per item of a package, with numbers of their own", () => {
    const hall = new CaseHall();
    hall.open({
      package: { id: "p1", name: "开办餐饮店" },
      items: [appliedItem("c1"), appliedItem("c2", { department: "市场监管局" })],
    });
    expect([hall.case("c1").number, hall.case("c2").number]).toEqual(["20261123000001-01", "20261123000001-02"]);
    expect(hall.intake().departments).toEqual(["市场监管局", "教育局"]);
  });

  it("takes the number from the id when the terminal holds none", () => {
    const hall = new CaseHall();
    hall.open({ serial: null });
    expect(hall.intake().number).toMatch(/^20261123X[0-9A-F]{10}$/);
  });

  it("keeps a number that was given twice apart, and says so", () => {
    const hall = new CaseHall();
    hall.open();
    expect(outcome(hall.open({ intakeId: "i2-beef", serial: 1, items: [appliedItem("c2")] }))).toEqual([
      "IntakeOpened",
      "AnomalyRecorded",
    ]);
    expect(hall.intake("i2-beef").number).toBe("20261123000001+beef");
  });

  it("is nothing for a kiosk", () => {
    expect(outcome(new CaseHall().open({}, kiosk()))).toBe("not_permitted");
  });
});

describe("outcomes at the counter", () => {
  it("accepts when nothing is missing, and works out both due days", () => {
    const hall = new CaseHall();
    hall.openComplete();
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toEqual(["IntakeAccepted"]);
    expect(hall.case()).toMatchObject({
      state: "inTray",
      acceptedDay: "2026-11-23",
      due: { promised: "2026-12-14", legal: null, unknownYear: 2027 },
    });
  });

  it("works a day out anew that waited for the holidays of a year, once they are there", () => {
    const hall = new CaseHall();
    hall.openComplete();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    const without = intakeRulesSchema.parse({});
    expect(hall.case().due).toMatchObject(dueDaysNow(hall.case(), { intake: without })!);
    const imported = intakeRulesSchema.parse({
      calendars: [{ year: 2027, holidays: ["2027-01-01"], makeUpWorkdays: [] }],
    });
    expect(dueDaysNow(hall.case(), { intake: imported })).toEqual({
      promised: "2026-12-14",
      legal: expect.stringMatching(/^2027-/) as string,
      unknownYear: null,
    });
  });

  it("does not accept while a material or the form is missing", () => {
    const hall = new CaseHall();
    hall.open();
    hall.receive("m1");
    hall.receive("m2");
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toBe("not_complete");
    hall.fill([{ field: "/name", title: "姓名", problem: "请填写姓名" }]);
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toBe("not_complete");
    hall.fill();
    hall.receive("m1", { defect: "已过期" });
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toBe("not_complete");
    hall.receive("m1");
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toEqual(["IntakeAccepted"]);
  });

  it("tells everything that is missing once, and a second time only with a reason", () => {
    const hall = new CaseHall();
    hall.open();
    hall.fill([{ field: "/name", title: "姓名", problem: "请填写姓名" }]);
    hall.receive("m2", { defect: "不清晰" });
    const issue = (correctionId: string, repeatReason: string | null): readonly string[] | string =>
      outcome(hall.give(zhang, "IssueCorrection", { intakeId: "i1", correctionId, repeatReason }));
    expect(issue("n1", null)).toEqual(["CorrectionIssued"]);
    expect(hall.intake()).toMatchObject({
      state: "correcting",
      corrections: [
        {
          materials: [
            { key: "m1", why: "missing" },
            { key: "m2", why: "defect", defect: "不清晰" },
          ],
          formErrors: [{ field: "/name" }],
          formMissing: false,
        },
      ],
    });
    expect(issue("n2", null)).toBe("told_before");
    expect(issue("n2", "法规在此期间修改")).toEqual(["CorrectionIssued"]);
    hall.fill();
    hall.receive("m1");
    hall.receive("m2");
    expect(issue("n3", "再次核对")).toBe("nothing_missing");
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toEqual(["IntakeAccepted"]);
  });

  it("counts as accepted from the day of receipt when it was told too late", () => {
    const hall = new CaseHall();
    hall.open();
    // Five working days: Monday 23 to Monday 30.
    openDay(hall, 7);
    expect(hall.intake().state).toBe("open");
    openDay(hall, 1);
    expect(hall.intake()).toMatchObject({ state: "accepted", acceptedHow: "late", acceptedDay: "2026-11-23" });
    expect(hall.case()).toMatchObject({ state: "inTray", acceptedDay: "2026-11-23" });
  });

  it("tolerates only what may follow, only until the promised day, and hands nothing out before", () => {
    const hall = new CaseHall();
    hall.open({ materials: [requirement("m1"), requirement("m2", { necessity: 3 })] });
    hall.fill();
    const tolerate = (by: string, credit: "clear" | "unrepaired" = "clear"): readonly string[] | string =>
      outcome(hall.give(zhang, "AcceptWithTolerance", { intakeId: "i1", by, credit }));
    expect(tolerate("2026-12-01")).toBe("not_tolerable");
    hall.receive("m1");
    hall.receive("m2", { way: "follow" });
    expect(tolerate("2026-12-01", "unrepaired")).toBe("bad_credit");
    expect(tolerate("2026-12-15")).toBe("make_up_too_late");
    expect(tolerate("2026-11-22")).toBe("make_up_too_late");
    expect(tolerate("2026-12-14")).toEqual(["IntakeAccepted"]);
    const desk = department("教育局");
    const grant = { caseId: "c1", outcome: "granted", resultName: null, resultNo: null, note: null } as const;
    hall.give(desk, "DecideCase", grant);
    const handOut = {
      caseId: "c1",
      counterId: "2",
      way: "counter",
      to: "applicant",
      courier: null,
      signatureHash: HASH,
    } as const;
    expect(outcome(hall.give(li, "HandOutResult", handOut))).toBe("materials_owed");
    expect(outcome(hall.receive("m2"))).toEqual(["MaterialReceived", "OwedMaterialsComplete"]);
    expect(outcome(hall.give(li, "HandOutResult", handOut))).toBe("not_signed");
    const slip = { intakeId: "i1", caseId: "c1", documentId: "slip", kind: "handOutSlip", number: "送1" } as const;
    hall.give(li, "IssueDocument", { ...slip, template: "t1", textHash: HASH }, record);
    const { intakeId, documentId } = slip;
    hall.give(li, "SignDocument", { intakeId, documentId, textHash: HASH, signatureHash: HASH, by: "agent" }, record);
    const other = { ...handOut, signatureHash: "c".repeat(64) };
    expect(outcome(hall.give(li, "HandOutResult", other))).toBe("not_signed");
    expect(outcome(hall.give(li, "HandOutResult", handOut))).toEqual(["ResultHandedOut"]);
    expect(hall.case().state).toBe("handedOut");
  });

  it("decides at once on commitment, for the items of the plan only", () => {
    const commit = { intakeId: "i1", committedKeys: ["m2"], results: [] };
    const without = new CaseHall();
    without.openComplete();
    expect(outcome(without.give(zhang, "AcceptOnCommitment", commit))).toBe("no_commitment");
    const hall = new CaseHall({ commitmentItems: ["11440000006940116U"] });
    hall.open();
    hall.fill();
    expect(outcome(hall.give(zhang, "AcceptOnCommitment", commit))).toBe("not_complete");
    hall.receive("m1");
    expect(outcome(hall.give(zhang, "AcceptOnCommitment", commit))).toEqual(["IntakeAccepted", "CaseDecided"]);
    expect(hall.case()).toMatchObject({ state: "decided", decision: { outcome: "granted" } });
    expect(hall.intake().committedKeys).toEqual(["m2"]);
  });

  it("refuses with reason and remedies, and then nothing more", () => {
    const hall = new CaseHall();
    hall.open();
    const refusal = { intakeId: "i1", reason: "不属于本机关职权范围", remedies: ["60日内申请行政复议"] };
    expect(outcome(hall.give(zhang, "RefuseIntake", refusal))).toEqual(["IntakeRefused"]);
    expect(hall.case().state).toBe("refused");
    expect(outcome(hall.give(zhang, "AcceptIntake", { intakeId: "i1" }))).toBe("intake_not_open");
  });

  it("takes a licence only with the applicant's authorisation", () => {
    const licence = { way: "licence", copies: 0, originalChecked: false, files: [], defect: null };
    expect(receiptSchema.safeParse({ ...licence, authorisation: null }).success).toBe(false);
    expect(receiptSchema.safeParse({ ...licence, authorisation: { at: 1, recordId: "r1" } }).success).toBe(true);
  });
});

describe("one editor", () => {
  it("refuses another clerk's claim, keeps a record with an anomaly", () => {
    const hall = new CaseHall();
    hall.openComplete();
    expect(outcome(hall.give(li, "AcceptIntake", { intakeId: "i1" }))).toBe("being_edited");
    expect(outcome(hall.give(li, "AcceptIntake", { intakeId: "i1" }, record))).toEqual([
      "IntakeAccepted",
      "AnomalyRecorded",
    ]);
  });

  it("lets somebody take over with a reason once the editor has been silent, the duty desk at once", () => {
    const hall = new CaseHall();
    hall.openComplete();
    const take = (takeOver: string | null): readonly string[] | string =>
      outcome(hall.give(li, "TakeIntake", { intakeId: "i1", takeOver }));
    expect(take("对方离岗")).toBe("being_edited");
    hall.now += 30 * 60_000;
    expect(take(null)).toBe("being_edited");
    expect(take("对方离岗")).toEqual(["IntakeEditorChanged"]);
    expect(hall.intake().editor).toMatchObject({ clerkId: "li" });
    const duty = { role: "desk", deviceId: "desk", clerkId: "wang", counterId: null } as const;
    expect(outcome(hall.give(duty, "TakeIntake", { intakeId: "i1", takeOver: "调整" }))).toEqual([
      "IntakeEditorChanged",
    ]);
  });
});

describe("behind the counter", () => {
  const ready = (): CaseHall => {
    const hall = new CaseHall();
    hall.openComplete();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" }, record);
    return hall;
  };
  const education = department("教育局");

  it("is for the case's department only", () => {
    const hall = ready();
    expect(outcome(hall.give(department("公安局"), "ReturnCase", { caseId: "c1", reason: "缺页" }))).toBe(
      "case_of_other_department",
    );
    expect(outcome(hall.give(education, "PinTicket", { ticketId: "t", reason: "x" }))).toBe("not_permitted");
    expect(
      outcome(
        hall.give(zhang, "DecideCase", {
          caseId: "c1",
          outcome: "granted",
          resultName: null,
          resultNo: null,
          note: null,
        }),
      ),
    ).toBe("decided_by_department");
  });

  it("returns to the counter and comes back", () => {
    const hall = ready();
    expect(outcome(hall.give(education, "ReturnCase", { caseId: "c1", reason: "缺页" }))).toEqual(["CaseReturned"]);
    expect(outcome(hall.give(zhang, "ResubmitCase", { caseId: "c1", note: "已补" }))).toEqual(["CaseResubmitted"]);
    expect(hall.case()).toMatchObject({ state: "inTray", returns: [{ reason: "缺页" }] });
  });

  it("stops the clock during a special procedure", () => {
    const hall = ready();
    hall.give(education, "StartSpecialProcedure", { caseId: "c1", kind: "hearing", reason: "申请人要求" });
    expect(hall.case()).toMatchObject({ state: "special", due: { promised: null } });
    expect(caseLight(hall.case(), hall.state.plan, "2026-12-30")).toBe("paused");
    openDay(hall, 3);
    hall.give(education, "EndSpecialProcedure", { caseId: "c1", result: "听证结束" });
    // Tuesday to Thursday did not count: three working days later than without.
    expect(hall.case()).toMatchObject({ state: "inTray", due: { promised: "2026-12-17" } });
    expect(hall.case().procedures).toEqual([
      { kind: "hearing", reason: "申请人要求", start: "2026-11-23", end: "2026-11-26", result: "听证结束" },
    ]);
  });

  it("sends the result by courier and confirms the delivery; thirty days later it is history", () => {
    const hall = ready();
    hall.give(education, "DecideCase", {
      caseId: "c1",
      outcome: "granted",
      resultName: "教师资格证书",
      resultNo: "2026440",
      note: null,
    });
    hall.give(zhang, "HandOutResult", {
      caseId: "c1",
      counterId: null,
      way: "courier",
      to: "applicant",
      courier: { company: "EMS", trackingNo: "E1" },
      signatureHash: null,
    });
    expect(hall.case().state).toBe("sent");
    expect(outcome(hall.give(zhang, "ConfirmDelivery", { caseId: "c1" }))).toEqual(["ResultDelivered"]);
    openDay(hall, 30);
    expect(hall.state.cases.size).toBe(1);
    openDay(hall, 1);
    expect([hall.state.cases.size, hall.state.intakes.size]).toEqual([0, 0]);
  });
});

describe("documents", () => {
  const issue = { intakeId: "i1", caseId: null, documentId: "d1", kind: "acceptance", number: "受理1", template: "t1" };

  it("are signed for the text that was shown, and printed again as copies", () => {
    const hall = new CaseHall();
    hall.openComplete();
    const give = (type: "IssueDocument" | "SignDocument" | "PrintDocument", data: object): unknown =>
      outcome(hall.give(zhang, type, data as never, record));
    expect(give("IssueDocument", { ...issue, textHash: HASH })).toEqual(["DocumentIssued"]);
    const sign = { intakeId: "i1", documentId: "d1", signatureHash: "b".repeat(64), by: "applicant" };
    expect(give("SignDocument", { ...sign, textHash: "c".repeat(64) })).toEqual(["AnomalyRecorded"]);
    expect(give("SignDocument", { ...sign, textHash: HASH })).toEqual(["DocumentSigned"]);
    const print = { intakeId: "i1", documentId: "d1" };
    give("PrintDocument", { ...print, outcome: "failed" });
    give("PrintDocument", { ...print, outcome: "printed" });
    give("PrintDocument", { ...print, outcome: "printed" });
    expect(hall.intake().documents[0]?.prints.map(({ outcome: how, copy }) => [how, copy])).toEqual([
      ["failed", 0],
      ["printed", 0],
      ["printed", 1],
    ]);
  });
});
