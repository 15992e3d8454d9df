import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import readXlsx from "read-excel-file/node";
import { expect, it } from "vitest";
import { payloads } from "../../tests/e2e/helpers/hostile-texts.ts";
import { csvCell } from "./csv-cell.ts";
import { bold, workbook } from "./workbook.ts";

/** What a spreadsheet might compute, and what a writer of files might stumble over. */
const FORMULAS = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1",
  "＋1",
  "－1",
  "＠a",
  " =1",
  "\u200B=1",
];
const OWN_NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty"];

/** The parts of a workbook that hold its cells, as they stand in the file (zip: sizes of a part stand in the central directory). */
const partsOf = (book: Buffer): string => {
  const found: string[] = [];
  const ENTRY = Buffer.from("PK\u0001\u0002", "latin1");
  for (let at = book.indexOf(ENTRY); at >= 0; at = book.indexOf(ENTRY, at + 4)) {
    const [size, nameLength, from] = [
      book.readUInt32LE(at + 20),
      book.readUInt16LE(at + 28),
      book.readUInt32LE(at + 42),
    ];
    const name = book.toString("utf8", at + 46, at + 46 + nameLength);
    if (!/sheet\d+\.xml$/.test(name)) continue;
    const data = from + 30 + book.readUInt16LE(from + 26) + book.readUInt16LE(from + 28);
    found.push(inflateRawSync(book.subarray(data, data + size)).toString("utf8"));
  }
  return found.join("");
};

it("carries every hostile text as a text, letter for letter", async () => {
  const texts = [...FORMULAS.map((text) => text.replaceAll("\r", "\n")), ...payloads];
  const book = await workbook([{ sheet: "x", data: [[bold("=1+1")], ...texts.map((text) => [text, 1])] }]);
  const [read] = await readXlsx(book, { trim: false });
  expect(read?.data.map(([text]) => text)).toEqual(["=1+1", ...texts]);
  const cells = partsOf(book);
  expect(cells.match(/<c /g)).toHaveLength(1 + 2 * texts.length);
  expect(cells.match(/ t="s"/g), "texts").toHaveLength(1 + texts.length);
  expect(cells).not.toMatch(/<f[ >]/);
});

it("opens whatever people have written, also what every object of a program has", async () => {
  const book = await workbook([{ sheet: "x", data: OWN_NAMES.map((text) => [text, bold(text)]) }]);
  const [read] = await readXlsx(book);
  expect(read?.data).toEqual(OWN_NAMES.map((text) => [text, text]));
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...OWN_NAMES, ...FORMULAS));
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), async (texts) => {
      const [sheet] = await readXlsx(await workbook([{ sheet: "x", data: [["first", ...texts, "last"]] }]));
      expect(sheet?.data[0]).toHaveLength(texts.length + 2);
    }),
    { numRuns: 60 },
  );
});

it("cuts a text that no cell takes, between two characters", async () => {
  const [read] = await readXlsx(await workbook([{ sheet: "x", data: [[`a${"𠮷".repeat(20_000)}`]] }]));
  expect(read?.data[0]?.[0]).toBe(`a${"𠮷".repeat(16_383)}`);
});

it("gives each sheet a name that Excel takes and no other sheet has", async () => {
  const names = ["企业/个人[台账]:*?\\", "'x'", "X", "", "?", "𠮷".repeat(20), "𠮷".repeat(20), "History"];
  const read = await readXlsx(await workbook(names.map((sheet) => ({ sheet, data: [["x"]] }))));
  expect(read.map(({ sheet }) => sheet)).toEqual([
    "企业 个人 台账",
    "x",
    "X 2",
    "2",
    "3",
    "𠮷".repeat(15),
    `${"𠮷".repeat(14)} 2`,
    "History 2",
  ]);
});

it("lets no cell of a CSV file begin as a formula", () => {
  for (const text of FORMULAS) expect(csvCell(text), text).toBe(`"'${text}"`);
  for (const text of ["张三", "A-1", "1=1", "", " x"]) expect(csvCell(text), text).toBe(`"${text}"`);
  expect(csvCell(`="a"`)).toBe(`"'=""a"""`);
});
