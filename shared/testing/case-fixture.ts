import type { CommandData } from "../domain/hall/commands.ts";
import type { HallPlan } from "../domain/hall/plan.ts";
import type { Applicant } from "../domain/case/applicant.ts";
import type { AppliedItem, Case, Intake } from "../domain/case/intake.ts";
import type { Receipt, Requirement } from "../domain/case/material.ts";
import type { Actor } from "../domain/identity/roles.ts";
import type { Decision } from "../domain/hall/decision.ts";
import { intakeRulesOf } from "../domain/case/intake-rules.ts";
import { nextCaseSerial } from "../domain/case/case-number.ts";
import { clerk, TestHall, testPlan } from "./hall-fixture.ts";

export const HASH = "a".repeat(64);

export const appliedItem = (caseId: string, change: Partial<AppliedItem> = {}): AppliedItem => ({
  caseId,
  itemCode: "11440000006940116U2440102013001",
  itemName: "高等学校教师资格认定",
  department: "教育局",
  kind: "行政许可",
  onTheSpot: false,
  legalLimit: { days: 30, unit: "working" },
  promisedLimit: { days: 15, unit: "working" },
  ...change,
});

export const requirement = (key: string, change: Partial<Requirement> = {}): Requirement => ({
  key,
  name: `材料${key}`,
  necessity: 1,
  form: 3,
  source: 10,
  copies: 0,
  wishes: [{ caseId: "c1", necessity: 1, form: 3, copies: 0 }],
  ...change,
});

export const receipt = (change: Partial<Receipt> = {}): Receipt => ({
  way: "paper",
  copies: 0,
  originalChecked: true,
  files: [],
  authorisation: null,
  defect: null,
  ...change,
});

/** What a window opens an intake with; its number comes from the id unless a serial is given. */
export const intakeOf = (change: Partial<CommandData<"OpenIntake">> = {}): CommandData<"OpenIntake"> => ({
  intakeId: "i1",
  serial: null,
  ticketId: null,
  counterId: "1",
  subject: "person",
  personKey: null,
  applicantId: "applicant-1",
  agentId: null,
  package: null,
  items: [appliedItem("c1")],
  materials: [requirement("m1")],
  ...change,
});

/** Somebody who applies. */
export const applicantOf = (change: Partial<Applicant> = {}): Applicant => ({
  kind: "person",
  name: "张三",
  idType: "111",
  idNo: "11010519491231002X",
  phone: "13812345678",
  address: "某路 1 号",
  representative: "",
  source: "typed",
  overrideReason: null,
  ...change,
});

export const zhang: Actor = clerk("zhang");
export const li: Actor = clerk("li");
export const department = (name: string): Actor => ({
  role: "desk",
  deviceId: `desk-${name}`,
  clerkId: `clerk-${name}`,
  counterId: null,
  department: name,
});

/** A hall with a counter at which intakes are opened. */
export class CaseHall extends TestHall {
  constructor(intake: Partial<NonNullable<HallPlan["intake"]>> = {}) {
    super({ ...testPlan(), intake: { ...intakeRulesOf(null), ...intake } });
    this.give(zhang, "LeaseCaseNumbers", {});
    this.give(li, "LeaseCaseNumbers", {});
  }

  open(change: Partial<CommandData<"OpenIntake">> = {}, actor: Actor = zhang): Decision {
    return this.give(
      actor,
      "OpenIntake",
      intakeOf({
        serial: nextCaseSerial(this.state.caseLeases, actor.deviceId),
        personKey: "k1",
        materials: [requirement("m1"), requirement("m2"), requirement("m3", { necessity: 2 })],
        ...change,
      }),
      { mode: "record" },
    );
  }

  fill(errors: CommandData<"FillForm">["errors"] = [], intakeId = "i1"): Decision {
    return this.give(zhang, "FillForm", { intakeId, formId: "form-1", formHash: HASH, errors }, { mode: "record" });
  }

  receive(key: string, change: Partial<Receipt> = {}, intakeId = "i1"): Decision {
    return this.give(zhang, "ReceiveMaterial", { intakeId, key, receipt: receipt(change) }, { mode: "record" });
  }

  /** An intake with everything that it needs. */
  openComplete(): void {
    this.open();
    this.fill();
    this.receive("m1");
    this.receive("m2");
  }

  intake(id = "i1"): Intake {
    const intake = this.state.intakes.get(id);
    if (!intake) throw new Error(`no intake ${id}`);
    return intake;
  }

  case(id = "c1"): Case {
    const one = this.state.cases.get(id);
    if (!one) throw new Error(`no case ${id}`);
    return one;
  }
}
