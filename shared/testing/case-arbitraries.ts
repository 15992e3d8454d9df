import fc from "fast-check";
import type { AppliedItem } from "../domain/case/intake.ts";
import { appliedItem, HASH, receipt, requirement } from "./case-fixture.ts";

const intakeId = fc.constantFrom("i1", "i1", "i2", "i3");
const key = fc.constantFrom("m1", "m2", "m3");
const caseId = fc.constantFrom("c1", "c2", "c3", "c4");
const reason = fc.constantFrom("缺页", "对方离岗");
const departments = ["教育局", "公安局"] as const;

const anItem = fc.record({ caseId, department: fc.constantFrom(...departments), onTheSpot: fc.boolean() });
const items = fc
  .uniqueArray(anItem, { minLength: 1, maxLength: 3, selector: (one) => one.caseId })
  .map((list): AppliedItem[] => list.map((one) => appliedItem(one.caseId, one)));

const receipts = fc.constantFrom(
  receipt(),
  receipt({ way: "follow" }),
  receipt({ defect: "不清晰" }),
  receipt({ way: "licence", authorisation: { at: 1, recordId: "licence-1" } }),
);

const commandOf = (type: string, data: fc.Arbitrary<object>): fc.Arbitrary<{ type: string; data: unknown }> =>
  fc.record({ type: fc.constant(type), data });

const openIntake = commandOf(
  "OpenIntake",
  fc.record({
    intakeId,
    serial: fc.constantFrom(null, 1, 2, 101, 102),
    ticketId: fc.constantFrom(null, "t1"),
    counterId: fc.constantFrom("1", "2"),
    subject: fc.constantFrom("person", "legal"),
    personKey: fc.constantFrom("key-of-person"),
    applicantId: fc.constant("applicant-1"),
    agentId: fc.constant(null),
    package: fc.constantFrom(null, { id: "p1", name: "开办餐饮店" }),
    items,
    materials: fc.constantFrom([], [requirement("m1"), requirement("m2", { necessity: 3 }), requirement("m3")]),
  }),
);

/** Commands about intakes and cases, drawn so often and of so few ids that they meet each other. */
export const caseCommandShapes: readonly fc.Arbitrary<{ type: string; data: unknown }>[] = [
  openIntake,
  commandOf("LeaseCaseNumbers", fc.constant({})),
  commandOf(
    "ChangeApplicant",
    fc.record({
      intakeId,
      subject: fc.constant("person"),
      personKey: fc.constant("key-of-person"),
      applicantId: fc.constant("applicant-2"),
      agentId: fc.constant(null),
    }),
  ),
  commandOf(
    "FillForm",
    fc.record({
      intakeId,
      formId: fc.constant("form-1"),
      formHash: fc.constant(HASH),
      errors: fc.constantFrom([], [{ field: "/name", title: "姓名", problem: "请填写" }]),
    }),
  ),
  commandOf("ReceiveMaterial", fc.record({ intakeId, key, receipt: receipts })),
  commandOf("ReceiveMaterial", fc.record({ intakeId, key, receipt: receipts })),
  commandOf("ReceiveMaterial", fc.record({ intakeId, key, receipt: fc.constant(receipt()) })),
  commandOf("ReceiveMaterial", fc.record({ intakeId, key: fc.constant("m2"), receipt: fc.constant(receipt()) })),
  commandOf("GiveBackMaterial", fc.record({ intakeId, key, reason })),
  commandOf(
    "IssueCorrection",
    fc.record({ intakeId, correctionId: fc.constant("n1"), repeatReason: fc.constantFrom(null, "法规修改") }),
  ),
  commandOf(
    "FillForm",
    fc.record({ intakeId, formId: fc.constant("form-1"), formHash: fc.constant(HASH), errors: fc.constant([]) }),
  ),
  commandOf(
    "AcceptWithTolerance",
    fc.record({ intakeId, by: fc.constant("2026-12-01"), credit: fc.constant("clear") }),
  ),
  commandOf(
    "AcceptWithTolerance",
    fc.record({ intakeId, by: fc.constant("2026-12-01"), credit: fc.constant("clear") }),
  ),
  commandOf("AcceptIntake", fc.record({ intakeId })),
  commandOf("AcceptIntake", fc.record({ intakeId })),
  commandOf(
    "AcceptWithTolerance",
    fc.record({ intakeId, by: fc.constant("2026-12-01"), credit: fc.constantFrom("clear", "unrepaired") }),
  ),
  commandOf(
    "AcceptOnCommitment",
    fc.record({ intakeId, committedKeys: fc.constantFrom(["m1", "m2", "m3"], []), results: fc.constant([]) }),
  ),
  commandOf("RefuseIntake", fc.record({ intakeId, reason, remedies: fc.constant(["行政复议"]) })),
  commandOf("WithdrawIntake", fc.record({ intakeId, reason })),
  commandOf(
    "IssueDocument",
    fc.record({
      intakeId,
      caseId: fc.constantFrom(null, "c1"),
      documentId: fc.constantFrom("d1", "d2"),
      kind: fc.constant("acceptance"),
      number: fc.constantFrom("受理1", "受理2"),
      textHash: fc.constant(HASH),
      template: fc.constant("v1"),
    }),
  ),
  commandOf(
    "SignDocument",
    fc.record({
      intakeId,
      documentId: fc.constant("d1"),
      signatureHash: fc.constant(HASH),
      textHash: fc.constant(HASH),
      by: fc.constant("applicant"),
    }),
  ),
  commandOf(
    "PrintDocument",
    fc.record({ intakeId, documentId: fc.constant("d1"), outcome: fc.constantFrom("printed", "failed") }),
  ),
  commandOf("TakeIntake", fc.record({ intakeId, takeOver: fc.constantFrom(null, "对方离岗") })),
  commandOf("LeaveIntake", fc.record({ intakeId })),
  commandOf("TakeCase", fc.record({ caseId, takeOver: fc.constantFrom(null, "对方离岗") })),
  commandOf("LeaveCase", fc.record({ caseId })),
  commandOf("SetPlatformNumber", fc.record({ caseId, platformNo: fc.constantFrom("4400-1", "4400-2") })),
  commandOf("ReturnCase", fc.record({ caseId, reason })),
  commandOf("ResubmitCase", fc.record({ caseId, note: fc.constant("") })),
  commandOf("StartSpecialProcedure", fc.record({ caseId, kind: fc.constant("hearing"), reason })),
  commandOf("EndSpecialProcedure", fc.record({ caseId, result: fc.constant("") })),
  commandOf(
    "DecideCase",
    fc.record({
      caseId,
      outcome: fc.constantFrom("granted", "withdrawn"),
      resultName: fc.constant(null),
      resultNo: fc.constant(null),
      note: fc.constant(null),
    }),
  ),
  commandOf(
    "HandOutResult",
    fc.record({
      caseId,
      counterId: fc.constant("1"),
      way: fc.constant("counter"),
      to: fc.constant("applicant"),
      courier: fc.constant(null),
      signatureHash: fc.constant(null),
    }),
  ),
  commandOf("ConfirmDelivery", fc.record({ caseId })),
];
