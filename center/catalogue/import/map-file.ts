import { z } from "zod";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import { fieldNames, isFieldName, plainHeader, type FieldName } from "./columns.ts";

const names = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));

/**
 * `--map FILE`: JSON that says what a catalogue calls its columns. Either just `{"task_name": "办事事项", …}` (or turned
 * round, `{"办事事项": "task_name"}`), or with more to say: `{"columns": {…}, "constants": {"department": "某局"},
 * "sheet": "Sheet2", "headerLine": 3}`.
 */
const longSchema = z.strictObject({
  columns: names.default({}),
  /** Fields that no column has, the same for every item. */
  constants: z.partialRecord(z.enum(fieldNames), z.string()).default({}),
  sheet: z.string().min(1).optional(),
  headerLine: z.int().min(1).optional(),
});

export interface ColumnMap {
  /** Headers of a field, the first that is there counts. */
  readonly columns: ReadonlyMap<FieldName, readonly string[]>;
  readonly constants: ReadonlyMap<FieldName, string>;
  readonly sheet: string | undefined;
  readonly headerLine: number | undefined;
}

export const emptyMap: ColumnMap = {
  columns: new Map(),
  constants: new Map(),
  sheet: undefined,
  headerLine: undefined,
};

/** Other ways of naming a field in a map file: code, name, legalDays … */
const aliases: ReadonlyMap<string, FieldName> = new Map([
  ...fieldNames.map((name): [string, FieldName] => [plainHeader(name), name]),
  ["code", "task_code"],
  ["name", "task_name"],
  ["kind", "task_type"],
  ["type", "task_type"],
  ["legallimit", "legal_days"],
  ["promiselimit", "promise_days"],
  ["promisedlimit", "promise_days"],
  ["promiseddays", "promise_days"],
  ["promisedunit", "promise_unit"],
  ["subjects", "service_objects"],
  ["subject", "service_objects"],
  ["dept", "department"],
]);

const fieldCalled = (name: string): FieldName | undefined =>
  isFieldName(name) ? name : aliases.get(plainHeader(name));

/** Reads a map file's content. @returns the map, or a sentence on what is wrong with it */
export const readColumnMap = (text: string): Result<ColumnMap, string> => {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err(`the map file is not JSON: ${error.message}`);
  }
  const isLong =
    typeof json === "object" &&
    json !== null &&
    ["columns", "constants", "sheet", "headerLine"].some((key) => Object.hasOwn(json, key));
  const parsed = isLong
    ? longSchema.safeParse(json)
    : names.transform((columns) => ({ columns, constants: {} })).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(`the map file, ${issue?.path.map(String).join(".") || "top"}: ${issue?.message ?? ""}`);
  }
  const { columns: given, constants } = parsed.data;
  const columns = new Map<FieldName, readonly string[]>();
  for (const [key, value] of Object.entries(given)) {
    const listed = typeof value === "string" ? [value] : value;
    const field = fieldCalled(key);
    if (field !== undefined) {
      columns.set(field, [...(columns.get(field) ?? []), ...listed]);
      continue;
    }
    const turned = listed.map(fieldCalled);
    const [only] = turned;
    if (only === undefined || turned.length !== 1)
      return err(`the map file names the field "${key}", which is none of ${fieldNames.join(", ")}`);
    columns.set(only, [...(columns.get(only) ?? []), key]);
  }
  const { sheet, headerLine } = parsed.data as { sheet?: string; headerLine?: number };
  return ok({
    columns,
    constants: new Map(Object.entries(constants) as [FieldName, string][]),
    sheet,
    headerLine,
  });
};
