import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { appliedItem, CaseHall, department, HASH, li, requirement, zhang } from "../../shared/testing/case-fixture.ts";

/** Intakes with each outcome, on their way through tray and hand-out: an event of every type that cases have. */
export const goldenCases = (): readonly DomainEvent[] => {
  const hall = new CaseHall({ commitmentItems: ["11440000006940116U"] });
  const record = { mode: "record" } as const;
  const education = department("教育局");

  hall.open({ package: { id: "p1", name: "一件事" }, items: [appliedItem("c1"), appliedItem("c2")] });
  hall.give(
    zhang,
    "ChangeApplicant",
    { intakeId: "i1", subject: "legal", personKey: "k2", applicantId: "applicant-2", agentId: "agent-1" },
    record,
  );
  hall.fill([{ field: "/name", title: "姓名", problem: "请填写姓名" }]);
  hall.receive("m2", { defect: "不清晰", files: [{ hash: HASH, bytes: 9, mime: "image/jpeg", pages: 1 }] });
  hall.give(zhang, "IssueCorrection", { intakeId: "i1", correctionId: "n1", repeatReason: null }, record);
  const document = { intakeId: "i1", caseId: null, documentId: "d1", textHash: HASH };
  hall.give(
    zhang,
    "IssueDocument",
    { ...document, kind: "correction", number: "补正〔2026〕1号", template: "v1" },
    record,
  );
  hall.give(
    zhang,
    "SignDocument",
    { intakeId: "i1", documentId: "d1", signatureHash: HASH, textHash: HASH, by: "applicant" },
    record,
  );
  hall.give(zhang, "PrintDocument", { intakeId: "i1", documentId: "d1", outcome: "printed" }, record);
  hall.give(zhang, "GiveBackMaterial", { intakeId: "i1", key: "m2", reason: "换清晰件" }, record);
  hall.fill();
  hall.receive("m1");
  hall.receive("m2", { way: "licence", authorisation: { at: 1, recordId: "licence-1" } });
  hall.now += 3_600_000;
  hall.give(li, "TakeIntake", { intakeId: "i1", takeOver: "对方离岗" });
  hall.give(li, "AcceptIntake", { intakeId: "i1" });

  hall.give(education, "TakeCase", { caseId: "c1", takeOver: null });
  hall.give(education, "SetPlatformNumber", { caseId: "c1", platformNo: "4400-1" });
  hall.give(education, "ReturnCase", { caseId: "c1", reason: "缺页" });
  hall.give(zhang, "ResubmitCase", { caseId: "c1", note: "已补" });
  hall.give(education, "StartSpecialProcedure", { caseId: "c1", kind: "hearing", reason: "申请人要求" });
  hall.give(education, "EndSpecialProcedure", { caseId: "c1", result: "听证结束" });
  const granted = { outcome: "granted", resultName: "教师资格证书", resultNo: "1", note: null } as const;
  hall.give(education, "DecideCase", { caseId: "c1", ...granted });
  hall.give(education, "DecideCase", { caseId: "c2", ...granted, outcome: "withdrawn" });
  const courier = { way: "courier", courier: { company: "EMS", trackingNo: "E1" }, signatureHash: null } as const;
  hall.give(zhang, "HandOutResult", { caseId: "c1", counterId: null, to: "agent", ...courier });
  hall.give(zhang, "ConfirmDelivery", { caseId: "c1" });

  const next = (n: string): void => {
    hall.open({
      intakeId: `i${n}`,
      items: [appliedItem(`c${n}`)],
      materials: [requirement("m1", { necessity: 3 })],
    });
    hall.fill([], `i${n}`);
  };
  next("3");
  hall.give(zhang, "AcceptWithTolerance", { intakeId: "i3", by: "2026-12-01", credit: "repaired" }, record);
  hall.receive("m1", {}, "i3");
  next("4");
  hall.give(zhang, "AcceptOnCommitment", { intakeId: "i4", committedKeys: ["m1"], results: [] }, record);
  const atCounter = { way: "counter", courier: null, signatureHash: HASH } as const;
  hall.give(zhang, "HandOutResult", { caseId: "c4", counterId: "1", to: "applicant", ...atCounter }, record);
  next("5");
  hall.give(zhang, "RefuseIntake", { intakeId: "i5", reason: "不属于职权", remedies: ["行政复议"] }, record);
  next("6");
  hall.give(zhang, "WithdrawIntake", { intakeId: "i6", reason: "申请人撤回" }, record);
  next("7");
  hall.give(zhang, "LeaveIntake", { intakeId: "i7" });
  return hall.log;
};
