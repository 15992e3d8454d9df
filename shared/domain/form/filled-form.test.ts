import { describe, expect, it } from "vitest";
import { buildSampleCatalogue } from "../catalogue/catalogue.fixture.ts";
import { appliedForm } from "./applied-form.ts";
import { caseFormOf, type FormSection } from "./case-form.ts";
import { filledForm, showMasked, showToApplicant, type FilledWords } from "./filled-form.ts";
import type { Field, SimpleField } from "./form-schema.ts";

const { catalogue } = buildSampleCatalogue();
const words: FilledWords = { titleOf: ({ title }) => title, yes: "是", no: "否" };
const ID = "440106199003077633";
const PHONE = "13812345678";
const NAME = "欧阳小芳";

/** An answer to every field: what is a number of somebody is this one, what is a text this name. */
const answerOf = (field: SimpleField, name: string): unknown => {
  if (field.type === "boolean") return true;
  if (field.type !== "string") return field.minimum ?? 1;
  if (field.oneOf !== undefined) return field.oneOf[0]?.const;
  if (field.format === "phone") return PHONE;
  if (field.format === "date") return "2026-11-22";
  if (field.format === "email") return "a@example.cn";
  return field.format === undefined && !/Number$|Code$/.test(name) ? NAME : ID;
};
const fieldAnswer = (field: Field, name: string): unknown =>
  field.type === "array"
    ? [
        Object.fromEntries(
          Object.entries(field.items.properties).map(([inner, cell]) => [inner, answerOf(cell, inner)]),
        ),
      ]
    : answerOf(field, name);

const everySection: readonly FormSection[] = Object.entries(catalogue.formBlocks).map(([id, schema]) => ({
  id,
  schema,
  items: [],
}));
const everything = Object.fromEntries(
  everySection.map(({ id, schema }) => [
    id,
    Object.fromEntries(
      Object.entries({ ...schema.properties, ...schema.then?.properties }).map(([name, field]) => [
        name,
        fieldAnswer(field, name),
      ]),
    ),
  ]),
);

describe("a form as it reads", () => {
  it("has every answer in its words, and nothing that was not answered", () => {
    const sections = caseFormOf(catalogue.formBlocks, [], "person");
    const read = filledForm(
      sections,
      { person: { name: " 李建国 ", idType: "111", idNumber: ID, email: "  " }, agent: { present: false } },
      words,
    );
    expect(read).toEqual([
      {
        title: "申请人",
        rows: [
          ["姓名", "李建国"],
          ["证件类型", "居民身份证"],
          ["证件号码", ID],
        ],
      },
      { title: "代办人", rows: [["由他人代办", "否"]] },
    ]);
  });

  it("shows no number, no phone and no person's name in full where others may look, in any form of the sample", () => {
    const told = JSON.stringify(filledForm(everySection, everything, words, showMasked));
    expect(told).toContain("138****5678");
    expect(told).not.toContain(PHONE);
    const inFull = filledForm(everySection, everything, words, showMasked).flatMap(({ title, rows }) =>
      rows
        .filter(([label, text]) => text.includes(ID) && /身份证|证件号|社会保障号|信用代码|银行账号/.test(label))
        .map(([label]) => `${title} ${label}`),
    );
    expect(inFull).toEqual([]);
    const named = filledForm(everySection, everything, words, showMasked).flatMap(({ rows }) =>
      rows.filter(([label, text]) => /姓名$|联系人$|法定代表人/.test(label) && text === NAME),
    );
    expect(named).toEqual([]);
  });

  it("shows the applicant names whole to check, and still no number", () => {
    const told = filledForm(everySection, everything, words, showToApplicant);
    expect(told.find(({ title }) => title === "申请人")?.rows).toContainEqual(["姓名", NAME]);
    expect(JSON.stringify(told)).not.toContain(PHONE);
  });

  it("is the package's own form, the items' one form, or the plain one", () => {
    const known = catalogue.items.find(({ form }) => form !== null);
    const ofKnown = appliedForm({ itemCodes: [known?.code ?? ""], packageId: null, subject: "person" }, catalogue);
    expect(ofKnown.map(({ id }) => id)).toContain("person");
    const plain = appliedForm({ itemCodes: ["x", "y"], packageId: null, subject: "legal" }, catalogue);
    // Items that the catalogue does not know ask the same plain questions once.
    expect(plain.filter(({ id }) => id.startsWith("item:")).map(({ id }) => id)).toEqual(["item:x"]);
    expect(plain[0]?.id).toBe("firm");
  });
});
