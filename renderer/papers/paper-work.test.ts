import { describe, expect, it } from "vitest";
import { intakeRulesOf } from "../../shared/domain/case/intake-rules.ts";
import { documentLines } from "../../shared/domain/document/document.ts";
import type { DocumentTemplate, OwnTexts } from "../../shared/domain/document/template.ts";
import { builtInTexts } from "../../shared/domain/document/texts.ts";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { applicantOf, appliedItem, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import { testPlan } from "../../shared/testing/hall-fixture.ts";
import { FakeHall, makeFakeTerminal } from "../../tests/preview/fake-terminal.ts";
import { PaperWork } from "./paper-work.ts";
import { forgetTaken, keepPages, keepTaken, readTaken } from "./scan-keep.ts";
import { WHOLE } from "./scan-model.ts";

const record = { mode: "record" } as const;
const ids = { intakeId: "i1", caseId: null, applicant: applicantOf(), agent: null };

const windowWith = async (documentTexts?: OwnTexts) => {
  // Through the schema, as a plan that is handed down.
  const plan = hallPlanSchema.parse({ ...testPlan(), intake: { ...intakeRulesOf(null), documentTexts } });
  const terminal = makeFakeTerminal({
    role: "window",
    hall: new FakeHall(plan),
    clerk: { clerkId: "clerk-1", clerkNo: "1001", name: "李明", duty: "clerk" },
  });
  await terminal.send("OpenIntake", intakeOf({ items: [appliedItem("c1")] }), record);
  await terminal.send("FillForm", { intakeId: "i1", formId: "f1", formHash: "a".repeat(64), errors: [] }, record);
  await terminal.send("ReceiveMaterial", { intakeId: "i1", key: "m1", receipt: receipt() }, record);
  return terminal;
};

const own: DocumentTemplate = {
  kind: "acceptance",
  code: "001",
  title: "本厅受理单",
  titleEn: "Our own notice",
  number: "本〔{{year}}〕{{caseNumber}}",
  blocks: [{ text: "{{applicant}}的{{itemNames}}由本厅受理。" }],
  signatures: [],
};

describe("papers of a hall", () => {
  it("have the texts of the hall's own plan, and the built-in ones where it has none", async () => {
    const terminal = await windowWith({ version: "h1", templates: [own] });
    const work = new PaperWork(terminal);
    const issued = await work.issue({ ...ids, kind: "acceptance" });
    if (!issued.ok) throw new Error(issued.error);
    const { document, documentId } = issued.value;
    expect(document).toMatchObject({ title: "本厅受理单", template: `acceptance@${builtInTexts().version}+h1` });
    expect(documentLines(document).join("\n")).toContain("张三的高等学校教师资格认定由本厅受理。");
    // What was given out reads the same for ever, whatever the plan says later.
    const kept = terminal.hall
      .get()
      .intakes.get("i1")
      ?.documents.find(({ id }) => id === documentId);
    expect(kept && (await work.read(kept))).toEqual({ ok: true, value: document });
    expect(work.make({ ...ids, kind: "materialReceipt" })?.title).toBe("材料接收凭证");
  });

  it("are shown before the act as they are given out after it, or the refusal is", async () => {
    const terminal = await windowWith();
    const work = new PaperWork(terminal);
    const wish = { ...ids, kind: "acceptance" } as const;
    const accept = { type: "AcceptIntake", data: { intakeId: "i1" } } as const;
    const before = terminal.hall.get();
    const shown = work.makeAfter([accept], [wish]);
    expect(terminal.hall.get()).toBe(before);
    await terminal.send(accept.type, accept.data, record);
    expect(shown).toEqual({ ok: true, value: [work.make(wish)] });
    expect(work.makeAfter([accept], [wish])).toMatchObject({ ok: false, error: { code: "intake_not_open" } });
  });
});

describe("pages under the camera", () => {
  it("are there again after the power was cut, and gone when nobody wants them any more", async () => {
    const terminal = await windowWith();
    const picture = new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 9)]);
    for (const id of ["a", "b", "removed"]) await keepTaken(terminal, id, picture);
    const pages = [
      { id: "b", turns: 1 as const, crop: { ...WHOLE, top: 0.25 } },
      { id: "a", turns: 0 as const, crop: WHOLE },
    ];
    await keepPages(terminal, "i1.m1", pages, ["a", "b", "removed"]);
    const found = await readTaken(terminal, "i1.m1");
    expect(found.map(({ page }) => page)).toEqual(pages);
    expect(new Uint8Array((await found[0]?.picture.arrayBuffer()) ?? [])).toEqual(Uint8Array.of(0xff, 0xd8, 0xff, 9));
    expect(await readTaken(terminal, "i1.m2")).toEqual([]);
    await forgetTaken(terminal, "i1.m1");
    expect(await readTaken(terminal, "i1.m1")).toEqual([]);
    for (const id of ["a", "b", "removed"]) expect((await terminal.readDraft(`scan.page.${id}`)) ?? null).toBeNull();
  });
});
