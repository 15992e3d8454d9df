import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { parseJson } from "../../../shared/basics/parse-json.ts";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import { buildCatalogue } from "../../../shared/domain/catalogue/build-catalogue.ts";
import type { CatalogueStore } from "../catalogue-store.ts";
import { BUILDER_VERSION, readPinyin, readSampleRules } from "../import-catalogue.ts";
import { assignColumns } from "./assign-columns.ts";
import { checkRows, type LineProblem } from "./check-rows.ts";
import { fieldNames, plainHeader } from "./columns.ts";
import { emptyMap, type ColumnMap } from "./map-file.ts";
import { readTable } from "./read-table.ts";

export interface FileReport {
  /** Items that are right. */
  readonly accepted: number;
  /** One-thing packages that are right. */
  readonly packages: number;
  /** Everything that is wrong, line by line. With anything here nothing at all was imported. */
  readonly rejected: readonly LineProblem[];
  readonly warnings: readonly LineProblem[];
  readonly imported: boolean;
  readonly dryRun: boolean;
  /** Of the catalogue that came of it, or would. */
  readonly version: string | null;
  readonly readAs: string;
  /** Which column told what. */
  readonly columns: Readonly<Record<string, string>>;
  readonly ignoredColumns: readonly string[];
}

const nothing = (problems: readonly LineProblem[], dryRun: boolean): FileReport => ({
  accepted: 0,
  packages: 0,
  rejected: problems,
  warnings: [],
  imported: false,
  dryRun,
  version: null,
  readAs: "",
  columns: {},
  ignoredColumns: [],
});

/**
 * Reads a catalogue that somebody else made and, when all of it is right, keeps it as the hall's catalogue: all or nothing.
 * @param store null: check only
 * @param packagesFile one-thing packages, JSON `{packages: […]}`; null: the catalogue has none
 */
export const importFile = async (
  file: string,
  map: ColumnMap | null,
  store: CatalogueStore | null,
  now: number,
  packagesFile: string | null = null,
): Promise<FileReport> => {
  const dryRun = store === null;
  const wish = map ?? emptyMap;
  const bytes = await readFile(file);
  const headers = new Set([...wish.columns.values()].flat().map(plainHeader));
  const table = await readTable(bytes, { ...wish, headers });
  if (!table.ok) return nothing([{ line: table.error.line, field: "file", reason: table.error.reason }], dryRun);
  const { headerLine, readAs, rows } = table.value;
  const assignment = assignColumns(table.value, wish);
  const head = headerLine ?? 1;
  const faults: LineProblem[] = assignment.missing.map(({ field, column }) => ({
    line: head,
    field,
    reason: `the map names the column "${column}", which the file does not have; it has ${table.value.columns.join(", ")}`,
  }));
  for (const field of ["task_code", "task_name"] as const)
    if (!assignment.columnOf.has(field) && !assignment.missing.some((each) => each.field === field))
      faults.push({
        line: head,
        field,
        reason: `no column tells the ${field === "task_code" ? "code" : "name"} of an item; the file has ${table.value.columns.join(", ")}: name the right one with --map`,
      });
  if (rows.length === 0)
    faults.push({ line: head, field: "file", reason: "there are headers and no items under them" });
  const columns = Object.fromEntries(
    fieldNames.flatMap((field) => {
      const column = assignment.columnOf.get(field);
      return column === undefined ? [] : [[field, column]];
    }),
  );
  const told = { readAs, columns, ignoredColumns: assignment.ignored };
  if (faults.length > 0) return { ...nothing(faults, dryRun), ...told };

  const checked = checkRows(table.value, assignment, wish);
  const warnings = [...checked.warnings];
  if (!assignment.columnOf.has("department") && !wish.constants.has("department"))
    warnings.unshift({
      line: head,
      field: "department",
      reason: "no column tells the department; all items get 未注明部门 (name it with --map)",
    });
  const rules = await readSampleRules();
  const packages = packagesFile === null ? ok([]) : readPackages(await readFile(packagesFile, "utf8"));
  if (!packages.ok) return { ...nothing([packages.error], dryRun), ...told };
  const items = checked.items.map(({ item }) => item);
  const { catalogue, issues } = buildCatalogue(
    { note: "", items },
    { note: "", packages: packages.value },
    { ...rules, pinyin: await readPinyin() },
  );
  const lineOf = (place: number): number => checked.items[place - 1]?.line ?? 0;
  const rejected = [...checked.rejected];
  for (const { list, line, field, reason, severity } of issues) {
    // Told above already, in words.
    if (list === "items" && (reason === "promisedOverLegal" || reason === "codeMalformed")) continue;
    const words = issueWords[reason] ?? reason;
    const problem: LineProblem =
      list === "packages"
        ? { line: 0, field: "packages", reason: `package ${String(line)}, ${field}: ${words}` }
        : {
            line: lineOf(line),
            field: (fieldNames as readonly string[]).includes(field) ? (field as LineProblem["field"]) : "row",
            reason: words,
          };
    if (severity === "rejected") rejected.push(problem);
    else warnings.push(problem);
  }
  const byLine = (left: LineProblem, right: LineProblem): number => left.line - right.line;
  const isRight = rejected.length === 0;
  if (isRight && store !== null) {
    const source = createHash("sha256")
      .update(String(BUILDER_VERSION))
      .update(bytes)
      .update(JSON.stringify([items, packages.value]));
    await store.put(catalogue, source.digest("hex"), now);
  }
  return {
    accepted: items.length,
    packages: catalogue.packages.length,
    rejected: rejected.sort(byLine),
    warnings: warnings.sort(byLine),
    imported: isRight && store !== null,
    dryRun,
    version: isRight ? catalogue.version : null,
    ...told,
  };
};

const packagesSchema = z.object({ packages: z.array(z.unknown()) });

/** The packages of a file; each is checked when the catalogue is built. */
const readPackages = (text: string): Result<readonly unknown[], LineProblem> => {
  const read = packagesSchema.safeParse(parseJson(text));
  if (read.success) return ok(read.data.packages);
  return err({ line: 0, field: "packages", reason: 'the file of packages is no JSON of the form {"packages": […]}' });
};

const issueWords: Readonly<Record<string, string>> = {
  materialTwice: "the same material is listed twice; it is kept once",
  noBusiness: "no rule tells which queue serves it",
  limitWithoutUnit: "the limit has no unit",
  formInvalid: "its form is none that terminals can check; it gets the plain one",
  missing: "a value is missing",
  wrongType: "a value is not of its type",
  unknownWord: "a word is not one of those that are known",
};
