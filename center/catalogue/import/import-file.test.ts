import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/node";
import { importFile, type FileReport } from "./import-file.ts";
import { readColumnMap, type ColumnMap } from "./map-file.ts";

const A = "11440000006940116U2440102013001";
const B = "11440000006939799Q2440114005009";
const C = "11440000006939756B244010100700001";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "catalogue-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

let n = 0;
const check = async (content: string | Uint8Array, map?: string): Promise<FileReport> => {
  const file = join(folder, `c${String((n += 1))}`);
  await writeFile(file, content);
  let columns: ColumnMap | null = null;
  if (map !== undefined) {
    const read = readColumnMap(map);
    if (!read.ok) throw new Error(read.error);
    columns = read.value;
  }
  return importFile(file, columns, null, 0);
};

/** Only the characters of this test, in the two bytes that GB 18030 has for them. */
const gb18030 = (text: string): Uint8Array => {
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Uint8Array.from(
    [...text].flatMap((character) => (character < "\u0080" ? [character.charCodeAt(0)] : (table.get(character) ?? []))),
  );
};

const where = (report: FileReport): string[] => report.rejected.map(({ line, field }) => `${String(line)} ${field}`);

const csv = [
  "实施编码,事项名称,实施主体,事项类型,法定办结时限（工作日）,承诺办结时限（工作日）,申请材料,服务对象",
  `${A},高等学校教师资格认定,教育厅,行政许可,30,15,"体检表；学历证书",自然人`,
  `${B},注册造价工程师变更注册,住建厅,行政许可,10,1,劳动合同,自然人;企业法人`,
].join("\n");

describe("a catalogue in a table", () => {
  it("is read by its own Chinese headers", async () => {
    const report = await check(csv);
    expect(report).toMatchObject({ accepted: 2, rejected: [], warnings: [], imported: false, dryRun: true });
    expect(report.columns).toMatchObject({
      task_code: "实施编码",
      legal_days: "法定办结时限（工作日）",
      materials: "申请材料",
    });
  });

  it.each([
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${csv}`)],
    ["Windows line ends", Buffer.from(csv.replaceAll("\n", "\r\n"))],
    ["GB 18030", gb18030(csv)],
    ["UTF-16", Buffer.from(`\uFEFF${csv.replaceAll(",", "\t").replaceAll('"', "")}`, "utf16le")],
    ["semicolons", Buffer.from(csv.replaceAll(";", "、").replaceAll(",", ";"))],
    ["tabs", Buffer.from(csv.replaceAll(",", "\t"))],
    ["Excel's line about the separator", Buffer.from(`sep=;\r\n${csv.replaceAll(";", "、").replaceAll(",", ";")}`)],
  ])("is read in %s", async (_, bytes) => {
    const report = await check(bytes);
    expect(report.rejected).toEqual([]);
    expect(report.accepted).toBe(2);
  });

  it("is read by English headers, with its unit in a column and limits as texts", async () => {
    const report = await check(
      [
        "Item Code\tItem Name\tAgency\tLegal Limit\tLegal Unit\tPromised Days\tPromised Unit\tRequired Documents",
        `${A}\tTeacher\tEducation\t30 working days\tworking days\t15个工作日\tworking\tID card; Diploma`,
        `${B}\tEngineer\tHousing\t２０\t工作日\t1.0\t工作日\tContract`,
      ].join("\n"),
    );
    expect(report.rejected).toEqual([]);
    expect(report.accepted).toBe(2);
  });

  it("is read under a title, with other names that a map file tells", async () => {
    const text = [
      "某市政务服务事项目录,,,",
      ",,,",
      "序号,甲,乙,丙",
      `1,${A},社保卡申领,人社局`,
      `2,${B},社保卡挂失,人社局`,
    ].join("\n");
    const map = { columns: { task_code: "甲", task_name: ["没有的", "乙"], 丙: "department" }, headerLine: 3 };
    const report = await check(text, JSON.stringify(map));
    expect(report).toMatchObject({ accepted: 2, rejected: [] });
    expect((await check(text, JSON.stringify({ task_name: "丁" }))).rejected[0]?.reason).toContain('"丁"');
    const turned = await check(text, JSON.stringify({ 甲: "task_code", 乙: "name", 丙: "dept" }));
    expect(turned.rejected).toEqual([]);
  });

  it("tells of each line what is wrong, by the line of the file, and takes nothing of it", async () => {
    const report = await check(
      [
        "事项编码,事项名称,部门,法定时限,承诺时限,时限单位说明,材料",
        `${A},甲,一局,5,10,,身份证`,
        "",
        '123,"乙',
        '的名称",一局,5,3,,身份证',
        `${B},,一局,十五,-3,,身份证`,
        `${A},丙,一局,5,1.5,,身份证`,
        `${C},甲,一局,5,3天,,身份证`,
        `${C.slice(0, 31)},丁,,5,3小时,,身份证`,
        `${A.slice(0, 30)}2,戊,一局,20,10,,身份证`,
      ].join("\n"),
    );
    expect(where(report)).toEqual([
      "2 promise_days",
      "4 task_code",
      "6 task_name",
      "6 legal_days",
      "6 promise_days",
      "7 promise_days",
      "8 task_name",
      "9 department",
      "9 promise_days",
    ]);
    expect(report.rejected[0]?.reason).toBe("promised 10 工作日 is longer than the legal limit of 5 工作日");
    expect(report.accepted).toBe(1);
    expect(report.version).toBeNull();
  });

  it("rejects a second item with the same code, or the same name in the same department", async () => {
    const report = await check(
      ["编码,名称,部门", `${A},甲,一局`, `${A},乙,一局`, `${B},甲 ,一局`, `${C},甲,二局`].join("\n"),
    );
    expect(report.rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [3, `the code ${A} is on line 2 already`],
      [4, 'the name "甲" of the same department is on line 2 already'],
    ]);
    expect(report.warnings.filter(({ field }) => field === "task_name").map(({ line }) => line)).toEqual([5]);
  });

  it("rejects what cannot be compared to be right and doubts what may be", async () => {
    const head = "编码,名称,部门,法定时限,法定时限单位,承诺时限,承诺时限单位\n";
    expect(where(await check(`${head}${A},甲,局,10,自然日,11,工作日`))).toEqual(["2 promise_days"]);
    const doubtful = await check(`${head}${A},甲,局,10,工作日,12,自然日`);
    expect([doubtful.accepted, doubtful.warnings.map(({ field }) => field)]).toEqual([1, ["promise_days"]]);
    expect(where(await check(`${head}${A},甲,局,10,个月,2,工作日`))).toEqual(["2 legal_unit"]);
  });

  it("says what a file is when it is no catalogue", async () => {
    for (const [content, reason] of [
      ["", "the file is empty"],
      ["\n\n", "the file has no rows"],
      ["编码,名称,部门\n", "there are headers and no items"],
      ["甲,乙\n1,2\n", "no column tells the code"],
      [Buffer.from([0x00, 0x01, 0x02, 0xff]), "neither xlsx"],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "old .xls"],
      ['编码,名称\n"11,甲\n', "never closed"],
      ['{"items": [', "not JSON"],
      ["[]", "the list of items is empty"],
    ] as const) {
      const report = await check(content);
      expect(report.accepted).toBe(0);
      expect(report.rejected[0]?.reason).toContain(reason);
    }
  });

  it("finds the code by its look, skips notes under the table, goes on with materials of merged cells", async () => {
    const report = await check(
      [
        "国标,事项名称,部门,申请材料",
        `${A},甲,一局,身份证、户口簿`,
        ",,,结婚证",
        `${B},乙,一局,1.申请表 2.照片（一寸、红底）`,
        "注：以上为节选,,,",
      ].join("\n"),
    );
    expect(report.rejected).toEqual([]);
    expect(report.accepted).toBe(2);
    expect(report.columns["task_code"]).toBe("国标");
  });
});

describe("a table that is odd", () => {
  it("may have headers of two rows, one unit for both limits, or a unit in a column called 单位", async () => {
    const twoRows = await check(
      [
        "事项名称,实施编码,实施主体,法定办结时限,,承诺办结时限,",
        ",,,数量,单位,数量,单位",
        `甲,${A},局,10,自然日,11,工作日`,
        `乙,${B},局,10,工作日,5,工作日`,
      ].join("\n"),
    );
    expect(where(twoRows)).toEqual(["3 promise_days"]);
    expect(twoRows.accepted).toBe(1);
    const shared = await check(
      `name,code,dept,legal limit,promised limit,limit_unit\n甲,${A},局,10,5,W\n乙,${B},局,10,5,月\n`,
    );
    expect(where(shared)).toEqual(["3 limit_unit", "3 limit_unit"]);
    const bare = await check(`名称,编码,法定时限,承诺时限,单位\n甲,${A},10,5,自然日\n`);
    expect(bare.columns["limit_unit"]).toBe("单位");
    expect(bare.columns["department"]).toBeUndefined();
    expect(bare.accepted).toBe(1);
  });

  it("rejects a line with more cells than headers, and tells of missing units once", async () => {
    const report = await check(`编码,名称,部门,法定时限\n${A},甲,局,10\n${B},乙,局,10,11\n${C},丙,局,3\n`);
    expect(where(report)).toEqual(["3 row"]);
    expect(report.warnings.map(({ line, field }) => [line, field])).toEqual([[1, "legal_days"]]);
  });

  it("may give objects in JSON where a text is meant", async () => {
    const one = { code: A, name: "甲", org: { id: 1, name: "一局" }, legalLimit: { days: 5, unit: "working" } };
    const report = await check(JSON.stringify([{ ...one, promisedLimit: { days: 6, unit: "working" } }]));
    expect(where(report)).toEqual(["1 promise_days"]);
    expect((await check(JSON.stringify([one]))).rejected).toEqual([]);
  });
});

describe("a workbook", () => {
  const workbook = async (rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> =>
    writeXlsx(
      rows.map((row) =>
        row.map((value) => (value === null ? null : { value, type: typeof value === "number" ? Number : String })),
      ) as never,
    ).toBuffer();

  it("is read under titles, and its lines are the rows of the sheet", async () => {
    const bytes = await workbook([
      [null, null],
      ["某区政务服务事项清单"],
      [null],
      ["序号", "实施清单编码", "办理项名称", "责任部门", "法定期限", "承诺期限", "办理材料"],
      [1, A, "甲", "一局", 30, "１５", "身份证\n户口簿"],
      [null, null, null, null, null, null, null],
      [2, B, "乙", "一局", 5, 6, "表"],
      [3, 1.1440000006940116e30, "丙", "一局", 5, 3, "表"],
    ]);
    const report = await check(bytes);
    expect(where(report)).toEqual(["7 promise_days", "8 task_code"]);
    expect(report.rejected[1]?.reason).toContain("format the column as text");
    expect(report.accepted).toBe(1);
  });
});

describe("JSON", () => {
  it("is read as a list, inside an object, one object a line; lines are those of the text", async () => {
    const one = { code: A, name: "甲", department: "一局", materials: [{ name: "身份证", necessity: 1, copies: "2" }] };
    const two = { code: B, name: "乙", department: "一局", legalDays: 3, promisedDays: 4 };
    const inside = await check(JSON.stringify({ total: 2, data: { rows: [one, two] } }, null, 2));
    expect(inside.rejected.map(({ line }) => line)).toEqual([17]);
    const lines = await check(`${JSON.stringify(one)}\n${JSON.stringify(two)}\n`);
    expect(where(lines)).toEqual(["2 promise_days"]);
    const minified = await check(JSON.stringify([one, two]));
    expect(where(minified)).toEqual(["2 promise_days"]);
    const odd = await check(JSON.stringify([one, 5, { ...one, code: B, name: "丙", materials: [{ necessity: 1 }] }]));
    expect(where(odd)).toEqual(["2 row", "3 materials"]);
  });

  it("takes the sample's own items over whole", async () => {
    const report = await check(await readFile(new URL("../../../data/sample/items.json", import.meta.url)));
    expect(report.rejected).toEqual([]);
    expect(report.accepted).toBe(2262);
  });
});
