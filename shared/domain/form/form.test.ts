import { customizeValidator } from "@rjsf/validator-ajv8";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildSampleCatalogue, rawSampleItems } from "../catalogue/catalogue.fixture.ts";
import { caseFormOf } from "./case-form.ts";
import { checkForm, checkSection, tidyValues } from "./check-form.ts";
import { formatNames, itemFormSchema, sectionSchema, type Field, type SectionSchema } from "./form-schema.ts";
import { hasFormat } from "./formats.ts";

const { catalogue } = buildSampleCatalogue();
const withForm = catalogue.items.filter((item) => item.form !== null);
const sections = [
  ...Object.values(catalogue.formBlocks),
  ...withForm.flatMap(({ form }) => (form?.own ? [form.own] : [])),
];

// Our own formats are the same functions on both sides; what is compared is everything around them.
const ajv = customizeValidator({
  customFormats: Object.fromEntries(formatNames.map((name) => [name, (text: string) => hasFormat(name, text)])),
});
const keywordOf: Readonly<Record<string, string>> = { oneOf: "choice", format: "format", type: "type" };
const ajvFaults = (schema: SectionSchema, values: object): string[] =>
  (
    ajv.rawValidation<{ keyword: string; instancePath: string; params: { missingProperty?: string } }>(
      schema as never,
      values,
    ).errors ?? []
  )
    // A choice is `oneOf` with `const`; ajv tells of the alternatives too. `if` only repeats what `then` told.
    .filter(({ keyword }) => keyword !== "const" && keyword !== "if")
    .map(({ keyword, instancePath, params }) =>
      keyword === "required"
        ? `${instancePath}/${params.missingProperty ?? ""} required`
        : `${instancePath} ${keywordOf[keyword] ?? keyword}`,
    );
const ourFaults = (schema: SectionSchema, values: Record<string, unknown>): string[] =>
  checkSection(schema, values).map(
    ({ code, path }) => `/${path.join("/")} ${code.startsWith("format.") ? "format" : code}`,
  );
/** Of a value of the wrong type we say that and nothing else; ajv goes on with what it can. */
const distinct = (faults: readonly string[]): string[] => {
  const wrong = new Set(faults.filter((fault) => fault.endsWith(" type")).map((fault) => fault.split(" ")[0]));
  return [...new Set(faults.filter((fault) => fault.endsWith(" type") || !wrong.has(fault.split(" ")[0])))].sort();
};

/** Right, nearly right and quite wrong values of a field. */
const valueOf = (field: Field): fc.Arbitrary<unknown> => {
  const odd = fc.oneof(fc.constant(0), fc.constant(true), fc.constant("𠮷字"), fc.constant([]), fc.constant([7]));
  switch (field.type) {
    case "string": {
      const known = [
        "11010519491231002X",
        "91350100M000100Y43",
        "13812345678",
        "2026-02-29",
        "2024-02-29",
        "510000",
        "粤A12345",
        "a@b.cn",
        "2026-440100-48-01-123456",
        ...(field.oneOf ?? []).map((choice) => choice.const),
      ];
      return fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...known) },
        { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 130 }) },
        { weight: 1, arbitrary: odd },
      );
    }
    case "number":
    case "integer":
      return fc.oneof(fc.integer({ min: -5, max: 3000 }), fc.double({ noNaN: true, noDefaultInfinity: true }), odd);
    case "boolean":
      return fc.oneof(fc.boolean(), odd);
    case "array":
      return fc.oneof(
        fc.array(fc.record(fieldValues(field.items.properties), { requiredKeys: [] }), {
          maxLength: Math.min(4, field.maxItems + 1),
        }),
        odd,
      );
  }
};
const fieldValues = (fields: Readonly<Record<string, Field>>): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)]));

describe("the sample's forms", () => {
  test("cover all 134 items of the hall with fields of their own", () => {
    expect(withForm).toHaveLength(134);
    for (const { form, name } of withForm) {
      expect(form?.blocks.length, name).toBeGreaterThan(0);
      expect(Object.keys(form?.own?.properties ?? {}).length, name).toBeGreaterThan(0);
    }
  });

  test("every other item gets the plain form", () => {
    const plain = catalogue.items.filter((item) => item.form === null);
    expect(plain).toHaveLength(2262 - 134);
    const form = caseFormOf(catalogue.formBlocks, plain.slice(0, 1), "legal");
    expect(form.map(({ id }) => id)).toEqual(["firm", "agent", `item:${plain[0]?.code ?? ""}`, "delivery"]);
  });

  test("are JSON Schemas that ajv takes", () => {
    for (const section of sections) {
      const { validationError } = ajv.rawValidation(section, {});
      expect(validationError, section.title).toBeUndefined();
    }
  });

  test("have an English title wherever several items share a section", () => {
    for (const [id, block] of Object.entries(catalogue.formBlocks)) {
      expect(block["x-en"], id).toBeDefined();
      for (const [name, field] of Object.entries({ ...block.properties, ...block.then?.properties }))
        expect(field["x-en"], `${id}.${name}`).toBeDefined();
    }
  });
});

describe("checking a section", () => {
  test.each(sections.map((section, index) => [`${String(index)} ${section.title}`, section] as const))(
    "finds in %s what ajv finds",
    (_, section) => {
      const fields = { ...section.properties, ...section.then?.properties };
      fc.assert(
        fc.property(fc.record(fieldValues(fields), { requiredKeys: [] }), (values) => {
          expect(distinct(ourFaults(section, values))).toEqual(distinct(ajvFaults(section, values)));
        }),
        { numRuns: 60 },
      );
    },
  );

  test("takes a text of spaces for empty, and forgets empty rows", () => {
    expect(tidyValues({ name: "  ", note: " 甲 ", rows: [{ a: "" }, { a: "x" }], n: 0, no: null })).toEqual({
      note: "甲",
      rows: [{ a: "x" }],
      n: 0,
    });
  });

  test("tells for a whole form in which section each fault is", () => {
    const item = withForm[0];
    if (!item) throw new Error("no form");
    const form = caseFormOf(catalogue.formBlocks, [item], "person");
    const faults = checkForm(form, { person: { name: "王芳", idType: "111", idNumber: "110105194912310021" } });
    expect(faults).toContainEqual({ section: "person", path: ["idNumber"], code: "format.id-number", params: {} });
    expect(faults).toContainEqual({ section: "delivery", path: ["way"], code: "required", params: {} });
  });
});

describe("the form of a package", () => {
  test("asks a shared section once, names who wants it, and keeps what an item asks alone", () => {
    const pension = withForm.filter(({ form }) => form?.blocks.includes("insured")).slice(0, 8);
    const form = caseFormOf(catalogue.formBlocks, pension, "person");
    const ids = form.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(form.find(({ id }) => id === "insured")?.items).toEqual(pension.map(({ code }) => code));
    for (const { code } of pension) expect(ids).toContain(`item:${code}`);
  });

  test("has every section of every item, whatever the items", () => {
    fc.assert(
      fc.property(
        fc.subarray(withForm, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("person", "legal"),
        (items, subject) => {
          const form = caseFormOf(catalogue.formBlocks, items, subject);
          const ids = form.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const item of items)
            for (const id of [...(item.form?.blocks ?? []), `item:${item.code}`])
              expect(form.find((section) => section.id === id)?.items).toContain(item.code);
        },
      ),
    );
  });
});

describe("formats", () => {
  test.each([
    ["id-number", "11010519491231002X", true],
    ["id-number", "110105194912310021", false],
    ["id-number", "11010519490231002X", false],
    ["credit-code", "91350100M000100Y43", true],
    ["credit-code", "91350100M000100Y44", false],
    ["date", "2024-02-29", true],
    ["date", "2026-02-29", false],
    ["phone", "020-83123456", true],
    ["phone", "12345678901", false],
    ["plate", "粤AD12345", true],
    ["plate", "粤I12345", false],
  ] as const)("%s %s: %s", (format, text, right) => {
    expect(hasFormat(format, text)).toBe(right);
  });

  test("no single wrong or swapped digit of an ID number gets through", () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (serial, place, step) => {
        const body = `11010519900307${serial.join("")}`;
        const right = [..."0123456789X"].map((last) => body + last).filter((id) => hasFormat("id-number", id));
        expect(right).toHaveLength(1);
        const id = right[0] ?? "";
        const wrong = id.slice(0, place) + String((Number(id[place]) + step) % 10) + id.slice(place + 1);
        expect(hasFormat("id-number", wrong)).toBe(false);
        const swapped = id.slice(0, place) + (id[place + 1] ?? "") + (id[place] ?? "") + id.slice(place + 2);
        if (swapped !== id && place < 16) expect(hasFormat("id-number", swapped)).toBe(false);
      }),
    );
  });
});

describe("a form that comes in from outside", () => {
  const base = rawSampleItems().items[0]?.["task_name"];
  test.each([
    ["a keyword that the terminal does not check", { type: "string", title: "甲", contentEncoding: "base64" }],
    ["a pattern that is none", { type: "string", title: "甲", pattern: "(" }],
    ["a nested object", { type: "object", title: "甲", properties: {} }],
  ])("is not taken with %s", (_, field) => {
    expect(base).toBeDefined();
    const own = { type: "object", title: "内容", properties: { a: field }, required: [] };
    expect(itemFormSchema.safeParse({ blocks: [], own }).success).toBe(false);
  });

  test("must have the fields that it requires", () => {
    const section = { type: "object", title: "甲", properties: {}, required: ["a"] };
    expect(sectionSchema.safeParse(section).success).toBe(false);
  });
});
