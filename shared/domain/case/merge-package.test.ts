import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogueMaterial } from "../catalogue/catalogue.ts";
import { requirementSchema } from "./material.ts";
import { isWantedDifferently, mergeMaterials, plainMaterialName, type MaterialsOfItem } from "./merge-package.ts";

const merged = (...lists: readonly (readonly CatalogueMaterial[])[]) =>
  mergeMaterials(lists.map((materials, index): MaterialsOfItem => ({ caseId: `c${String(index + 1)}`, materials })));

describe("one list of materials", () => {
  it("asks the same material once, as strictly as anybody wants it, and keeps who wants what", () => {
    const list = merged(
      [{ name: "1. 居民身份证；", necessity: 2, copies: 1 }, { name: "营业执照" }],
      [
        { name: "居民身份证（2份）", necessity: 1, copies: 2 },
        { name: "《营业执照》", source: 20 },
      ],
    );
    expect(list.map(({ name, necessity, copies, source }) => [name, necessity, copies, source])).toEqual([
      ["1. 居民身份证；", 1, 2, 10],
      ["营业执照", 1, 0, 20],
    ]);
    expect(list[0]?.wishes).toEqual([
      { caseId: "c1", necessity: 2, form: 3, copies: 1 },
      { caseId: "c2", necessity: 1, form: 3, copies: 2 },
    ]);
    expect(list.map(isWantedDifferently)).toEqual([true, false]);
  });

  it("keeps apart what only looks alike", () => {
    expect(merged([{ name: "身份证（原件）" }], [{ name: "身份证（复印件）" }, { name: "居民身份证" }])).toHaveLength(
      3,
    );
    expect(merged([{ name: "申请表", form: 1 }], [{ name: "申请表", form: 2 }])).toHaveLength(2);
  });

  it("lets what may be either go with paper, whoever names it first", () => {
    for (const list of [
      merged([{ name: "申请表", form: 3 }], [{ name: "申请表", form: 1 }]),
      merged([{ name: "申请表", form: 1 }], [{ name: "申请表", form: 3 }]),
    ]) {
      expect(list).toHaveLength(1);
      expect(list[0]?.form).toBe(1);
    }
  });
});

const base = fc.constantFrom("居民身份证", "营业执照", "申请表", "照片", "租赁合同(原件)", "租赁合同(复印件)");
const decorated = fc
  .tuple(
    base,
    fc.constantFrom("", "1. ", "（二）", "12、"),
    fc.constantFrom("", "；", "。", "（1份）", " （一式两份）"),
  )
  .map(([name, before, after]) => `${before}${name}${after}`);
const material: fc.Arbitrary<CatalogueMaterial> = fc.record(
  {
    name: decorated,
    necessity: fc.constantFrom(1, 2, 3),
    form: fc.constantFrom(1, 2, 3),
    source: fc.constantFrom(10, 20, 99),
    copies: fc.integer({ min: 0, max: 5 }),
  },
  { requiredKeys: ["name"] },
);
const items = fc
  .array(fc.array(material, { maxLength: 8 }), { minLength: 1, maxLength: 8 })
  .map((lists) => lists.map((materials, index): MaterialsOfItem => ({ caseId: `c${String(index)}`, materials })));
const strictness = { 1: 2, 3: 1, 2: 0 } as const;

describe("merging any items", () => {
  it("loses no material, asks none twice, and is never laxer than an item", () => {
    fc.assert(
      fc.property(items, (all) => {
        const list = mergeMaterials(all);
        for (const each of list) expect(requirementSchema.safeParse(each).success).toBe(true);
        expect(new Set(list.map(({ key }) => key)).size).toBe(list.length);
        for (const { caseId, materials } of all)
          for (const wanted of materials) {
            const lines = list.filter((each) => plainMaterialName(each.name) === plainMaterialName(wanted.name));
            const form = wanted.form ?? 3;
            const line = lines.find(
              (each) => (form === 3 || each.form === form) && each.wishes.some((wish) => wish.caseId === caseId),
            );
            expect(line, wanted.name).toBeDefined();
            if (!line) return;
            expect(strictness[line.necessity]).toBeGreaterThanOrEqual(strictness[wanted.necessity ?? 1]);
            expect(line.copies).toBeGreaterThanOrEqual(wanted.copies ?? 0);
          }
        for (const { name, form } of list)
          expect(
            list.filter(
              (each) =>
                plainMaterialName(each.name) === plainMaterialName(name) && (each.form === form || each.form === 3),
            ),
          ).toHaveLength(1);
      }),
      { numRuns: 400 },
    );
  });

  it("gives the same lines whatever the order of the items, and nothing new when done twice", () => {
    const shape = (all: readonly MaterialsOfItem[]) =>
      mergeMaterials(all)
        .map(({ key, necessity, form, copies, wishes }) => ({
          key,
          necessity,
          form,
          copies,
          of: wishes.map((wish) => wish.caseId).sort(),
        }))
        .sort((left, right) => (left.key < right.key ? -1 : 1));
    fc.assert(
      fc.property(items, (all) => {
        expect(shape([...all].reverse())).toEqual(shape(all));
        const again = mergeMaterials([{ caseId: "c", materials: mergeMaterials(all) }]);
        expect(again.map(({ key }) => key)).toEqual(mergeMaterials(all).map(({ key }) => key));
      }),
      { numRuns: 200 },
    );
  });
});
