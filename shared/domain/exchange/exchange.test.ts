import { describe, expect, it } from "vitest";
import {
  applicantOf,
  appliedItem,
  CaseHall,
  department,
  HASH,
  requirement,
  zhang,
} from "../../testing/case-fixture.ts";
import { testPlan } from "../../testing/hall-fixture.ts";
import { hallPlanSchema } from "../hall/plan.ts";
import { planProblems } from "../hall/plan-problems.ts";
import { exportCase, type ExportSubject } from "./export-case.ts";
import { builtInMapping } from "./mapping.ts";

const applicant = applicantOf({ address: "" });

const subjectOf = (hall: CaseHall): ExportSubject => ({
  intake: hall.intake(),
  case: hall.case(),
  applicant,
  agent: null,
  clerkName: "李四",
  words: { accepted: "受理", hearing: "听证" },
  utcOffsetMinutes: 480,
});

describe("the national exchange tables", () => {
  it("get a case by the built-in mapping, with its codes and nothing that the platform would refuse", () => {
    const hall = new CaseHall();
    hall.open({
      materials: [
        requirement("m1", { copies: 1 }),
        requirement("m2", { wishes: [{ caseId: "other", necessity: 1, form: 3, copies: 0 }] }),
      ],
    });
    hall.fill();
    hall.receive("m1", { copies: 1 });
    hall.receive("m2", { way: "scan" });
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" }, { mode: "record" });
    hall.give(zhang, "IssueDocument", {
      intakeId: "i1",
      caseId: null,
      documentId: "d1",
      kind: "acceptance",
      number: "受1号",
      textHash: HASH,
      template: "t",
    });
    const education = department("教育局");
    hall.give(education, "StartSpecialProcedure", { caseId: "c1", kind: "hearing", reason: "申请人要求" });
    hall.give(education, "EndSpecialProcedure", { caseId: "c1", result: "通过" });
    hall.give(education, "DecideCase", {
      caseId: "c1",
      outcome: "granted",
      resultName: null,
      resultNo: null,
      note: null,
    });
    const { rows, problems } = exportCase(builtInMapping(), subjectOf(hall));
    expect(problems).toEqual([]);
    const of = (table: string) => rows.filter((row) => row.table === table).map((row) => row.values);
    expect(of("up_pro_accept")).toMatchObject([
      {
        project_no: "20261123000001",
        catalog_code: "440102013001",
        task_code: "11440000006940116U2440102013001",
        org_code: "11440000006940116U",
        applyer_type: "1",
        accept_doc_no: "受1号",
        accept_date: "2026-11-23 00:00:00",
        apply_date: "2026-11-23 09:00:00",
      },
    ]);
    expect(of("up_pro_result")).toMatchObject([{ result_type: "1", is_delivery_results: "0" }]);
    expect(of("up_pro_special_procedure")).toMatchObject([{ special_type: "1", special_name: "听证", result: "通过" }]);
    // Only what this case wanted.
    expect(of("up_pro_material")).toMatchObject([{ material_name: "材料m1", get_type: "1", get_num: "1" }]);
    expect(of("up_pro_process").map((values) => values["event_name"])).toEqual(["1", "3", "6", "6", "8"]);
  });

  it("tells what the platform would refuse", () => {
    const hall = new CaseHall();
    hall.open({ items: [appliedItem("c1", { itemCode: "X" })] });
    hall.fill();
    hall.receive("m1");
    hall.receive("m2");
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" }, { mode: "record" });
    const mapping = builtInMapping();
    const { problems } = exportCase(
      { ...mapping, codes: { ...mapping.codes, applicantKind: {} } },
      { ...subjectOf(hall), applicant: { ...applicant, phone: "+8613812345678" } },
    );
    expect(problems).toEqual([
      { table: "up_pro_accept", field: "catalog_code", problem: "missing" },
      { table: "up_pro_accept", field: "applyer_type", problem: "noCode" },
      { table: "up_pro_accept", field: "applyer_type", problem: "missing" },
      { table: "up_pro_accept", field: "contact_mobile", problem: "tooLong" },
    ]);
  });
});

describe("the intake part of a local plan", () => {
  const problemsOf = (intake: unknown): readonly string[] => {
    const parsed = hallPlanSchema.safeParse({ ...testPlan(), intake });
    return parsed.success ? [] : planProblems(parsed.error);
  };

  it("may be left out, or say only what differs", () => {
    expect(problemsOf(undefined)).toEqual([]);
    expect(
      problemsOf({ correctionDays: 3, yellow: { by: "percent", percent: 80 }, exchange: builtInMapping() }),
    ).toEqual([]);
  });

  it("is refused with the place and a sentence for each thing that is wrong", () => {
    const mapping = builtInMapping();
    const { project_no: _left, ...accept } = mapping.tables.up_pro_accept ?? {};
    const exchange = {
      ...mapping,
      tables: {
        ...mapping.tables,
        up_pro_accept: { ...accept, nothing: { value: "1" }, task_name: { from: "case.name", codes: "none" } },
      },
    };
    const documentTexts = {
      version: "x",
      templates: [
        {
          kind: "acceptance",
          code: null,
          title: "通知书",
          titleEn: "Notice",
          number: "{{nummer}}号",
          blocks: [{ text: "一" }],
          signatures: [],
        },
      ],
    };
    const told = problemsOf({
      correctionDays: 0,
      caseNumber: "{yyyy}{serail}",
      calendars: [{ year: 2027, holidays: ["2026-12-31"], makeUpWorkdays: [] }],
      exchange,
      documentTexts,
    });
    expect(told.map((sentence) => sentence.split(":")[0])).toEqual([
      "intake.correctionDays",
      "intake.caseNumber",
      "intake.caseNumber",
      "intake.calendars[1].holidays[1]",
      "intake.documentTexts",
      "intake.exchange.tables.up_pro_accept.task_name",
      "intake.exchange.tables.up_pro_accept.task_name",
      "intake.exchange.tables.up_pro_accept.nothing",
      "intake.exchange.tables.up_pro_accept.project_no",
    ]);
    expect(told[4]).toContain("{{nummer}} is not known");
    expect(told[8]).toContain("办件编号 is required and has no source");
  });
});
