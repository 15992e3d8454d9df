import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildSampleCatalogue } from "../../../../shared/domain/catalogue/catalogue.fixture.ts";
import { CaseHall, zhang } from "../../../../shared/testing/case-fixture.ts";
import { formOf, lacksOfDraft, paperReceipt, peopleMarkOf, faultsOf, faultTitle, type Draft } from "./draft.ts";
import { isUnfinished, makeUpStepsOf, stepsOf } from "./hand-in.ts";
import { maskId, maskName } from "../../../../shared/domain/identity/mask.ts";
import { possibleOutcomes } from "./outcomes.ts";
import { readLicenceCode, ScannerEar } from "./scanner.ts";
import { draftOfItems, draftOfPackage, withItem } from "./start-draft.ts";

const { catalogue } = buildSampleCatalogue();
const withForm = catalogue.items.filter((item) => item.form !== null);
let last = 0;
const givenBack = "已退还";
const newId = (): string => `id-${String((last += 1))}`;
const start = { newId, now: 1_000, counterId: "1", ticketId: null };

const filled = (draft: Draft): Draft => ({
  ...draft,
  form: { person: { name: "王芳", idType: "111", idNumber: "11010519491231002X", phone: "13812345678" } },
  receipts: Object.fromEntries(draft.requirements.map(({ key }) => [key, paperReceipt(1)])),
});

describe("handing a draft in", () => {
  const item = withForm[0];
  if (!item) throw new Error("no item");
  const draft = filled({ ...draftOfItems([item], start), subject: "person" });
  const sections = formOf(draft, catalogue);
  const hand = (hall: CaseHall, upTo = Number.POSITIVE_INFINITY): number => {
    const steps = stepsOf(hall.state, { draft, sections, formErrors: [], deviceId: zhang.deviceId, newId, givenBack });
    for (const step of (steps ?? []).slice(0, upTo)) hall.give(zhang, step.type, step.data, { mode: "record" });
    return steps?.length ?? 0;
  };

  test("broken off anywhere and taken up again, everything is told exactly once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }), (breaks) => {
        const hall = new CaseHall();
        for (const upTo of breaks) hand(hall, upTo);
        hand(hall);
        expect(hand(hall)).toBe(0);
        const intake = hall.state.intakes.get(draft.intakeId);
        expect(intake?.materials.map(({ receipt }) => receipt?.way)).toEqual(draft.requirements.map(() => "paper"));
        expect(intake?.formId).not.toBeNull();
        expect(hall.state.anomalies).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test("is not begun without name and number, and carries no personal data in its commands", () => {
    const hall = new CaseHall();
    const nameless = { ...draft, form: {} };
    expect(
      stepsOf(hall.state, { draft: nameless, sections, formErrors: [], deviceId: null, newId, givenBack }),
    ).toBeNull();
    const steps = stepsOf(hall.state, { draft, sections, formErrors: [], deviceId: null, newId, givenBack }) ?? [];
    const told = JSON.stringify(steps.map(({ data }) => data));
    for (const secret of ["王芳", "11010519491231002X", "13812345678"]) expect(told).not.toContain(secret);
    expect(JSON.stringify(steps.map(({ personal }) => personal))).toContain("王芳");
  });
});

describe("an intake that comes back to the counter", () => {
  const item = withForm.find(({ materials, promisedLimit }) => materials.length > 1 && promisedLimit !== null);
  if (!item) throw new Error("no item");
  const draft: Draft = filled({ ...draftOfItems([item], start), subject: "person" });
  const sections = formOf(draft, catalogue);
  const stepsFor = (hall: CaseHall, of: Draft) =>
    stepsOf(hall.state, { draft: of, sections, formErrors: [], deviceId: zhang.deviceId, newId, givenBack }) ?? [];
  const handIn = (hall: CaseHall, of: Draft): void => {
    for (const step of stepsFor(hall, of)) hall.give(zhang, step.type, step.data, { mode: "record" });
  };
  const without = (of: Draft, key: string): Draft => {
    const { [key]: _, ...receipts } = of.receipts;
    return { ...of, receipts };
  };
  const intakeIn = (hall: CaseHall) => {
    const intake = hall.state.intakes.get(draft.intakeId);
    if (!intake) throw new Error("no intake");
    return intake;
  };

  test("who was named wrongly is corrected in the hall, once", () => {
    const hall = new CaseHall();
    handIn(hall, draft);
    const told = { ...draft, peopleMark: peopleMarkOf(draft) };
    const corrected = { ...told, form: { ...told.form, person: { ...told.form["person"], name: "王芳芳" } } };
    const [first] = stepsFor(hall, corrected);
    expect(first?.type).toBe("ChangeApplicant");
    expect(first?.personal.map(({ value }) => value).join()).toContain("王芳芳");
    const before = intakeIn(hall).applicantId;
    handIn(hall, corrected);
    expect(intakeIn(hall).applicantId).not.toBe(before);
    expect(stepsFor(hall, { ...corrected, peopleMark: peopleMarkOf(corrected) })).toEqual([]);
  });

  test("a material that the applicant has taken home again is missing in the hall too", () => {
    const hall = new CaseHall();
    handIn(hall, draft);
    const key = draft.requirements[0]?.key ?? "";
    handIn(hall, without(draft, key));
    expect(intakeIn(hall).materials.find((each) => each.key === key)?.receipt).toBeNull();
    expect(stepsFor(hall, without(draft, key))).toEqual([]);
    expect(hall.state.anomalies).toEqual([]);
  });

  test("a draft ends with its intake; what is owed after a tolerance begins one again", () => {
    const hall = new CaseHall();
    const [material] = draft.requirements;
    if (!material) throw new Error("no material");
    const mayFollow = {
      ...draft,
      requirements: draft.requirements.map((each) => ({ ...each, necessity: 3 as const })),
    };
    const owing = without(mayFollow, material.key);
    expect(isUnfinished(hall.state, owing)).toBe(true);
    handIn(hall, owing);
    expect(isUnfinished(hall.state, owing)).toBe(true);
    const { intakeId } = draft;
    hall.give(zhang, "AcceptWithTolerance", { intakeId, by: "2026-11-24", credit: "clear" }, { mode: "record" });
    expect(intakeIn(hall).state).toBe("accepted");
    expect(isUnfinished(hall.state, owing)).toBe(false);
    // Other materials are not asked for any more, and the form is told no more.
    const brought = { ...mayFollow, form: {}, receipts: { ...owing.receipts, [material.key]: paperReceipt(9) } };
    expect(isUnfinished(hall.state, brought)).toBe(true);
    const steps = makeUpStepsOf(hall.state, brought);
    expect(steps.map(({ type }) => type)).toEqual(["ReceiveMaterial"]);
    for (const step of steps) hall.give(zhang, step.type, step.data, { mode: "record" });
    expect(intakeIn(hall).owed).toBeNull();
    expect(isUnfinished(hall.state, brought)).toBe(false);
    expect(hall.state.anomalies).toEqual([]);
  });
});

describe("drafts", () => {
  test("what is missing is told completely: every material without a receipt, every required field", () => {
    fc.assert(
      fc.property(fc.constantFrom(...withForm), fc.infiniteStream(fc.boolean()), (item, coin) => {
        const draft = draftOfItems([item], start);
        const received = draft.requirements.filter(() => coin.next().value === true);
        const some = {
          ...draft,
          receipts: Object.fromEntries(received.map(({ key, copies }) => [key, paperReceipt(copies)])),
        };
        const sections = formOf(some, catalogue);
        const faults = faultsOf(some, sections);
        for (const { id, schema } of sections)
          for (const name of schema.required ?? [])
            expect(faults.some((fault) => fault.section === id && fault.path[0] === name)).toBe(true);
        const missing = lacksOfDraft(some, []).materials.map(({ key }) => key);
        expect(missing).toEqual(
          draft.requirements.filter((each) => each.necessity !== 2 && !received.includes(each)).map(({ key }) => key),
        );
        for (const fault of faults) expect(faultTitle(sections, fault)).toMatch(/ · /);
      }),
      { numRuns: 60 },
    );
  });

  test("a further item keeps what has been received", () => {
    const [first, second] = withForm.filter(({ form }) => form?.blocks.includes("insured"));
    if (!first || !second) throw new Error("no items");
    const one = filled(draftOfItems([first], start));
    const two = withItem(one, second, catalogue.items, newId);
    for (const { key } of one.requirements) expect(two.requirements.map((each) => each.key)).toContain(key);
    expect(two.items).toHaveLength(2);
    expect(withItem(two, second, catalogue.items, newId)).toBe(two);
  });

  test("a package has a case for each member and one form", () => {
    for (const pack of catalogue.packages) {
      const draft = draftOfPackage(pack, catalogue.items, start);
      expect(draft.items).toHaveLength(pack.members.length);
      expect(new Set(draft.items.map(({ caseId }) => caseId)).size).toBe(pack.members.length);
      const ids = formOf(draft, catalogue).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe("outcomes", () => {
  const item = withForm.find(({ promisedLimit }) => promisedLimit !== null);
  if (!item) throw new Error("no item");
  const draft = draftOfItems([item], start);
  const nothing = { materials: [], formErrors: [], formMissing: false };

  test("nothing is possible before it is known who applies", () => {
    expect(Object.values(possibleOutcomes(null, draft.items, nothing, false))).toEqual(Array(5).fill("noApplicant"));
  });

  test("complete: accept or refuse, nothing to tell", () => {
    const possible = possibleOutcomes(null, draft.items, nothing, true);
    expect(possible).toMatchObject({ accept: null, correct: "nothingLacks", tolerate: "nothingLacks", refuse: null });
  });

  test("only what may follow is missing: tolerance; more: only telling it", () => {
    const lack = { key: "m", name: "照片", why: "toFollow" as const, defect: null, copies: 0 };
    const mayFollow = { ...nothing, materials: [{ ...lack, necessity: 3 as const }] };
    const required = { ...nothing, materials: [{ ...lack, necessity: 1 as const }] };
    expect(possibleOutcomes(null, draft.items, mayFollow, true)).toMatchObject({ accept: "lacks", tolerate: null });
    expect(possibleOutcomes(null, draft.items, required, true)).toMatchObject({ tolerate: "notTolerable" });
  });
});

describe("a hand scanner", () => {
  const code = "https://licence.example/s?k=id&n=%E7%8E%8B%E8%8A%B3&i=11010519491231002X&a=once-7f3a9c";

  test("is told from typing by its speed", () => {
    const ear = new ScannerEar();
    let at = 0;
    for (const key of code) expect(ear.press(key, (at += 5))).toBeNull();
    expect(ear.press("Enter", at + 5)).toBe(code);
    at += 1_000;
    for (const key of code) expect(ear.press(key, (at += 120))).toBeNull();
    expect(ear.press("Enter", at + 120)).toBeNull();
  });

  test("gives who it is and the code of the authorisation; anything else is none", () => {
    expect(readLicenceCode(code)).toEqual({
      kind: "id",
      name: "王芳",
      number: "11010519491231002X",
      code: "once-7f3a9c",
    });
    for (const odd of ["", "12345678901234", "https://pay.example/?k=pay&a=1", code.replace("k=id", "k=x")])
      expect(readLicenceCode(odd)).toBeNull();
  });
});

test("staff screens show the first three and last four of a number, and the family name", () => {
  expect(maskId("440106199001011234")).toBe("440***********1234");
  expect(maskId("1234567")).toBe("*******");
  expect(maskName("欧阳小芳")).toBe("欧***");
});
