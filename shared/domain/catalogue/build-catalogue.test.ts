import { describe, expect, test } from "vitest";
import { buildCatalogue } from "./build-catalogue.ts";
import { buildSampleCatalogue, pinyinPro, rawSamplePackages, sampleOptions } from "./catalogue.fixture.ts";

const row = {
  task_code: "11440000006939756B2440101007000",
  task_name: "补办《道路运输证》（个人）",
  main_item: "道路运输证",
  department: " 某市交通运输局 ",
  task_type: "行政许可",
  legal_days: 20,
  legal_unit: "工作日",
  promise_days: 3,
  promise_unit: "工作日",
  visits: 1,
  themes: ["交通出行"],
  service_objects: ["自然人", "企业法人"],
  materials: ["身份证", "身份证", " 申请表 "],
};
const build = (...rows: unknown[]) =>
  buildCatalogue({ note: "示例数据", items: rows }, { note: "", packages: [] }, sampleOptions());

describe("the sample", () => {
  const { catalogue, issues } = buildSampleCatalogue();

  test("is taken whole, without a remark, and is marked as a sample", () => {
    expect(issues).toEqual([]);
    expect(catalogue.sample).toBe(true);
    expect(catalogue.note).toContain("示例数据，非现行办事指南");
  });

  test("gives each of the three businesses its share, and each item exactly one", () => {
    const count = (id: string): number => catalogue.items.filter((item) => item.businessId === id).length;
    expect([count("A"), count("B"), count("C")].every((share) => share > 100)).toBe(true);
    expect(count("A") + count("B") + count("C")).toBe(2262);
  });

  test.each([
    ["建设工程规划类许可证核发（市政类）(办理管线工程《建设工程规划许可证》)", "C"],
    ["公路施工作业验收", "C"],
    ["内资股份有限公司设立登记", "A"],
    ["结婚登记预约", "B"],
    ["二级注册建造师执业资格注册核准(二级注册建造师延续注册)", "B"],
    ["施工企业基本信息查询", "B"],
  ])("sends %s to %s", (name, business) => {
    const found = catalogue.items.filter((item) => item.name === name);
    expect(found.length).toBeGreaterThan(0);
    for (const item of found) expect(item.businessId).toBe(business);
  });

  test("sends packages for persons to B, for business entities to A, connecting utilities to C", () => {
    const businessOf = (part: string) => catalogue.packages.find((one) => one.name.includes(part))?.businessId;
    expect(businessOf("新生儿")).toBe("B");
    expect(businessOf("企业开办")).toBe("A");
    expect(businessOf("联动报装")).toBe("C");
  });

  test("has something under every life event", () => {
    for (const event of catalogue.lifeEvents) expect(event.itemCount + event.packageCount, event.zh).toBeGreaterThan(0);
    const birth = catalogue.packages.find((one) => one.name.startsWith("新生儿"));
    expect(birth?.lifeEvents).toContain("birth");
  });

  test("has every department and theme with its count, most first", () => {
    const total = catalogue.departments.reduce((sum, department) => sum + department.count, 0);
    expect(total).toBe(2262);
    expect(catalogue.departments[0]).toMatchObject({ name: "广东省司法厅", count: 289 });
    expect(catalogue.themes[0]?.name).toBe("其他");
    expect(catalogue.departments.every((department) => department.name === department.name.trim())).toBe(true);
  });

  test("the version is the content's: equal for equal rows, another for a changed one", () => {
    expect(buildSampleCatalogue().catalogue.version).toBe(catalogue.version);
    expect(build(row).catalogue.version).toBe(build({ ...row }).catalogue.version);
    expect(build({ ...row, promise_days: 4 }).catalogue.version).not.toBe(build(row).catalogue.version);
  });
});

describe("a row", () => {
  test("becomes an item: limits with units, subjects, trimmed names, one key per character", () => {
    const { catalogue, issues } = build(row);
    expect(catalogue.items[0]).toMatchObject({
      code: row.task_code,
      department: "某市交通运输局",
      subjects: ["person", "legal"],
      legalLimit: { days: 20, unit: "working" },
      promisedLimit: { days: 3, unit: "working" },
      visits: 1,
      materials: [{ name: "身份证" }, { name: "申请表" }],
      fee: null,
      search: {
        name: "补办道路运输证个人",
        pinyin: "bu ban dao lu yun shu zheng ge ren",
        initials: "bbdlyszgr",
      },
    });
    expect(issues).toEqual([
      { list: "items", line: 1, field: "materials", reason: "materialTwice", severity: "warning" },
    ]);
  });

  test("what was not published stays null", () => {
    const { catalogue } = build({ ...row, legal_days: null, legal_unit: null, visits: null, main_item: null });
    expect(catalogue.items[0]).toMatchObject({ legalLimit: null, visits: null, mainItem: null });
  });

  test("without a name or code, of a wrong type or twice is left out and reported with its line", () => {
    const { catalogue, issues } = build(
      row,
      { ...row, task_name: " " },
      { ...row, task_code: undefined },
      { ...row, visits: "once" },
      row,
      { ...row, task_code: "11440000006939756B2440101007001", legal_unit: "天" },
      "not a row",
    );
    expect(catalogue.items).toHaveLength(1);
    expect(issues.filter((issue) => issue.severity === "rejected")).toEqual([
      { list: "items", line: 2, field: "task_name", reason: "missing", severity: "rejected" },
      { list: "items", line: 3, field: "task_code", reason: "missing", severity: "rejected" },
      { list: "items", line: 4, field: "visits", reason: "wrongType", severity: "rejected" },
      { list: "items", line: 5, field: "task_code", reason: "duplicateCode", severity: "rejected" },
      { list: "items", line: 6, field: "legal_unit", reason: "unknownWord", severity: "rejected" },
      { list: "items", line: 7, field: "row", reason: "notAnObject", severity: "rejected" },
    ]);
  });

  test("promised over legal, an odd code and a limit without unit are taken and warned of", () => {
    const { catalogue, issues } = build({
      ...row,
      task_code: "X1",
      promise_days: 21,
      legal_unit: "工作日",
      materials: [],
    });
    expect(catalogue.items).toHaveLength(1);
    expect(issues.map((issue) => issue.reason)).toEqual(["codeMalformed", "promisedOverLegal"]);
    const noUnit = build({ ...row, legal_unit: null, materials: [] });
    expect(noUnit.issues.map((issue) => issue.reason)).toEqual(["limitWithoutUnit"]);
    expect(noUnit.catalogue.items[0]?.legalLimit).toBeNull();
  });

  test("limits in different units are not compared", () => {
    const { issues } = build({ ...row, promise_days: 25, promise_unit: "自然日", materials: [] });
    expect(issues).toEqual([]);
  });
});

test("a package of which a line is wrong is left out, the others stay", () => {
  const raw = rawSamplePackages() as { packages: object[] };
  const packages = [...raw.packages, raw.packages[0], { id: "P99", name: "空", target: "个人", member_items: [] }];
  const built = buildCatalogue({ note: "", items: [] }, { packages }, sampleOptions());
  expect(built.catalogue.packages).toHaveLength(16);
  expect(built.catalogue.sample).toBe(false);
  expect(built.issues.map((issue) => [issue.line, issue.field, issue.reason])).toEqual([
    [17, "id", "duplicateCode"],
    [18, "member_items", "missing"],
  ]);
});

test("rules that leave an item without a business reject it", () => {
  const options = sampleOptions();
  const rules = options.businessRules as { items: object[] };
  const businessRules = { ...rules, items: [{ id: "x", business: "A", why: "w", when: { kinds: ["别的"] } }] };
  const built = buildCatalogue({ note: "", items: [row] }, { packages: [] }, { ...options, businessRules });
  expect(built.catalogue.items).toEqual([]);
  expect(built.issues[0]?.reason).toBe("noBusiness");
});

test("a dictionary that loses characters is a defect, not a catalogue with shifted pinyin", () => {
  const options = { ...sampleOptions(), pinyin: (text: string) => ({ syllables: pinyinPro(text).syllables.slice(1) }) };
  expect(() => buildCatalogue({ note: "", items: [row] }, { packages: [] }, options)).toThrow(/syllables/);
});

test("a rare character beyond the BMP keeps name, pinyin and initials in step", () => {
  const { catalogue } = build({ ...row, task_name: "𠮷A证", materials: [] });
  const keys = catalogue.items[0]?.search;
  expect(keys?.name).toHaveLength(3);
  expect(keys?.pinyin.split(" ")).toHaveLength(3);
  expect(keys?.initials.slice(1)).toBe("az");
});
