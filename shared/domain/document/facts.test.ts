import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applicantOf, CaseHall, appliedItem, receipt, requirement, zhang } from "../../testing/case-fixture.ts";
import { lacksOf, type DocumentKind } from "../case/intake.ts";
import { documentLines, documentText } from "./document.ts";
import { documentFactsOf } from "./facts.ts";
import { makeDocument } from "./template.ts";
import { builtInTexts } from "./texts.ts";

const texts = builtInTexts();
const applicant = applicantOf({ name: "张伟", phone: "13800138000" });

const paper = (hall: CaseHall, kind: DocumentKind): string => {
  const wish = {
    kind,
    intakeId: "i1",
    caseId: null,
    applicant,
    agent: null,
    clerkName: "李明",
    now: hall.now,
    progressPage: "http://h/p",
  };
  const facts = documentFactsOf(hall.state, wish, texts);
  if (!facts) throw new Error("no facts");
  return documentLines(makeDocument(texts, kind, facts)).join("\n");
};

describe("papers of a case in the hall", () => {
  it("tell everything that is missing, whatever was brought: the one-time notification is complete", () => {
    const brought = fc.array(
      fc.record({
        necessity: fc.constantFrom(1 as const, 2 as const, 3 as const),
        copies: fc.nat(3),
        way: fc.constantFrom(null, "paper", "scan", "follow"),
        given: fc.nat(3),
        defect: fc.constantFrom(null, "已过期", "字迹不清"),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(brought, fc.boolean(), (materials, isFilled) => {
        const hall = new CaseHall();
        hall.open({
          materials: materials.map(({ necessity, copies }, at) =>
            requirement(`m${String(at)}`, { name: `材料（${String(at)}）`, necessity, copies }),
          ),
        });
        if (isFilled) hall.fill([{ field: "area", title: "经营面积", problem: "应为大于零的数" }]);
        materials.forEach(({ way, given, defect }, at) => {
          if (way !== null) hall.receive(`m${String(at)}`, receipt({ way: way as "paper", copies: given, defect }));
        });
        const lacks = lacksOf(hall.intake());
        hall.give(zhang, "IssueCorrection", { intakeId: "i1", correctionId: "k1", repeatReason: null });
        const text = paper(hall, "correction");
        for (const { name, defect, why } of lacks.materials) {
          expect(text).toContain(name);
          if (why === "defect") expect(text).toContain(defect);
        }
        for (const each of materials.keys())
          if (!lacks.materials.some(({ key }) => key === `m${String(each)}`))
            expect(text).not.toContain(`材料（${String(each)}）`);
        expect(text.includes("申请表")).toBe(!isFilled);
        expect(text.includes("经营面积")).toBe(isFilled);
      }),
      { numRuns: 60 },
    );
  });

  it("tell limits, due day and what was brought when it is accepted, and no number of an ID in full", () => {
    const hall = new CaseHall();
    hall.openComplete();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    const text = paper(hall, "acceptance");
    expect(text).toMatch(/法定办结时限　30个工作日\n承诺办结时限　15个工作日\n预计办结日期　2026年12月14日/);
    expect(text).toContain("行政许可法");
    expect(text).toContain("材料m1");
    expect(text).not.toContain("110105");
    expect(text).not.toContain("13800138000");
    expect(text).toContain("证件号码后四位　002X");
  });

  it("list the items of a package, and count papers of one kind", () => {
    const hall = new CaseHall();
    hall.open({
      package: { id: "p1", name: "开办餐饮店" },
      items: [appliedItem("c1"), appliedItem("c2", { itemName: "招牌设置", department: "城管局" })],
      materials: [],
    });
    hall.fill();
    hall.give(zhang, "AcceptIntake", { intakeId: "i1" });
    const text = paper(hall, "acceptance");
    expect(text).toMatch(/“开办餐饮店”申请/);
    expect(text).toMatch(/1　高等学校教师资格认定　20261123000001-01　教育局/);
    expect(text).toMatch(/2　招牌设置　20261123000001-02　城管局/);
    expect(text).toContain("受〔2026〕20261123000001号");
    hall.give(zhang, "IssueDocument", {
      intakeId: "i1",
      caseId: null,
      documentId: "d1",
      kind: "acceptance",
      number: "受〔2026〕20261123000001号",
      textHash: "b".repeat(64),
      template: "acceptance@1",
    });
    expect(paper(hall, "acceptance")).toContain("受〔2026〕20261123000001-2号");
  });

  it("give the reason and the remedies of a refusal", () => {
    const hall = new CaseHall();
    hall.open();
    const remedies = ["向本级人民政府申请行政复议", "向人民法院提起行政诉讼"];
    hall.give(zhang, "RefuseIntake", { intakeId: "i1", reason: "不属于本机关职权范围", remedies });
    const text = paper(hall, "refusal");
    expect(text).toMatch(/不属于本机关职权范围[\s\S]*1．向本级人民政府申请行政复议\n2．向人民法院提起行政诉讼/);
  });

  it("are not made of an intake that is not known here", () => {
    const hall = new CaseHall();
    const wish = {
      kind: "acceptance" as const,
      intakeId: "x",
      caseId: null,
      applicant,
      agent: null,
      clerkName: "",
      now: 0,
      progressPage: null,
    };
    expect(documentFactsOf(hall.state, wish, texts)).toBeUndefined();
    hall.open();
    const facts = documentFactsOf(hall.state, { ...wish, intakeId: "i1" }, texts);
    expect(facts && documentText(makeDocument(texts, "acceptance", facts))).toContain('"progress":null');
    const linked = documentFactsOf(hall.state, { ...wish, intakeId: "i1", progressPage: "http://h/p" }, texts);
    expect(linked?.progressUrl).toBe(`http://h/p#test-hall/${hall.intake().number}`);
  });
});
