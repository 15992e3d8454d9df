import type { RawItem } from "../../../shared/domain/catalogue/catalogue-source.ts";
import { isCreditCode } from "../../../shared/domain/identity/credit-code.ts";
import type { Assignment } from "./assign-columns.ts";
import { isEmpty, nameOf, readCount, readLimit, readNames, readUnit, readWords, textOf, type Unit } from "./cells.ts";
import { unitInHeader, type FieldName } from "./columns.ts";
import type { ColumnMap } from "./map-file.ts";
import { readMaterials } from "./materials.ts";
import type { Table, TableRow } from "./read-table.ts";

/** What is wrong with a line, or doubtful about it. */
export interface LineProblem {
  /** As a person counts the lines of the file. */
  readonly line: number;
  /** Which field, or "row", "file" or, with line 0, "packages". */
  readonly field: FieldName | "row" | "file" | "packages";
  /** The header in the file, where the field has a column. */
  readonly column?: string;
  /** A sentence. */
  readonly reason: string;
}

export interface CheckedRows {
  readonly items: readonly { readonly line: number; readonly item: RawItem }[];
  readonly rejected: readonly LineProblem[];
  readonly warnings: readonly LineProblem[];
}

/** Kinds of service items by the two digits of the base code that tell them. */
const kindOfCode: Readonly<Record<string, string>> = {
  "01": "行政许可",
  "02": "行政处罚",
  "03": "行政强制",
  "04": "行政征收",
  "05": "行政给付",
  "06": "行政检查",
  "07": "行政确认",
  "08": "行政奖励",
  "09": "行政裁决",
  "10": "其他行政权力",
  "20": "其他行政权力",
  "21": "公共服务",
};
const KIND_AT = 21;
const NO_DEPARTMENT = "未注明部门";
const CODE = /^[0-9A-Z]{31}(?:[0-9A-Z]{2})?$/;
/** Notes and sums under a table. */
const FOOTER = /^(?:注|备注|说明|合计|总计|小计|填表人|制表|total|note)/i;

class RowReader {
  constructor(
    private readonly row: TableRow,
    private readonly assignment: Assignment,
    private readonly map: ColumnMap,
    private readonly list: {
      readonly rejected: LineProblem[];
      readonly warnings: LineProblem[];
      readonly unitless: Map<"legal_days" | "promise_days", number>;
    },
  ) {}

  value(field: FieldName): unknown {
    const column = this.assignment.columnOf.get(field);
    return column === undefined ? this.map.constants.get(field) : this.row.values.get(column);
  }

  has(field: FieldName): boolean {
    return this.assignment.columnOf.has(field) || this.map.constants.has(field);
  }

  header(field: FieldName): string {
    return this.assignment.columnOf.get(field) ?? "";
  }

  reject(field: LineProblem["field"], reason: string): void {
    this.list.rejected.push(this.problem(field, reason));
  }

  warn(field: LineProblem["field"], reason: string): void {
    this.list.warnings.push(this.problem(field, reason));
  }

  /** Told once for the whole file. */
  noteNoUnit(field: "legal_days" | "promise_days"): void {
    this.list.unitless.set(field, (this.list.unitless.get(field) ?? 0) + 1);
  }

  private problem(field: LineProblem["field"], reason: string): LineProblem {
    const column =
      field === "row" || field === "file" || field === "packages" ? undefined : this.assignment.columnOf.get(field);
    return { line: this.row.line, field, ...(column === undefined ? {} : { column }), reason };
  }
}

const readCode = (reader: RowReader): string | undefined => {
  const own = textOf(reader.value("handle_code"));
  const field = isEmpty(own) ? "task_code" : "handle_code";
  const value = reader.value(field);
  const raw = textOf(value);
  if (isEmpty(raw)) return void reader.reject("task_code", "there is no code");
  if (typeof value === "number" || /^\d(?:\.\d+)?E\+\d+$/i.test(raw))
    return void reader.reject(
      field,
      `"${raw}": the spreadsheet made a number of the code and lost digits; format the column as text`,
    );
  const code = raw.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  if (!/^[0-9A-Z]*$/.test(code))
    return void reader.reject(field, `"${raw}" has characters other than digits and capital letters`);
  if (!CODE.test(code))
    return void reader.reject(
      field,
      `"${raw}" has ${String(code.length)} characters, not 31 (or 33 with a handling item)`,
    );
  if (!isCreditCode(code.slice(0, 18)))
    reader.warn(field, `"${code.slice(0, 18)}" at the beginning is no valid unified social credit code (GB 32100)`);
  return code;
};

interface ReadLimit {
  readonly days: number;
  readonly unit: Unit;
}

/** A limit with its unit from the cell, the column of units, or the header; undefined when it was rejected. */
const limitOf = (
  reader: RowReader,
  days: "legal_days" | "promise_days",
  unit: "legal_unit" | "promise_unit",
): ReadLimit | null | undefined => {
  const limit = readLimit(reader.value(days));
  if (!limit.ok) return void reader.reject(days, limit.error);
  const shared = textOf(reader.value(unit)) === "" ? "limit_unit" : unit;
  const told = readUnit(reader.value(shared));
  if (told === undefined)
    return void reader.reject(shared, `"${textOf(reader.value(shared))}" is not one of 工作日 and 自然日`);
  if (limit.value === null) return null;
  const { unit: own, remark } = limit.value;
  if (remark !== null) reader.warn(days, `the remark ${remark} is left out`);
  if (own !== null && told !== null && own !== told)
    return void reader.reject(unit, `the limit says ${own} and its unit says ${told}`);
  const found = own ?? told ?? unitInHeader(reader.header(days));
  if (found === undefined && limit.value.days > 0) reader.noteNoUnit(days);
  return { days: limit.value.days, unit: found ?? "工作日" };
};

/** Working days are never fewer calendar days, so a longer number of them is longer for sure; the other way may be. */
const comparePromise = (reader: RowReader, legal: ReadLimit, promised: ReadLimit): void => {
  const words = (limit: ReadLimit): string => `${String(limit.days)} ${limit.unit}`;
  if (promised.days <= legal.days) return;
  if (promised.unit === "自然日" && legal.unit === "工作日")
    reader.warn("promise_days", `promised ${words(promised)} may be longer than the legal limit of ${words(legal)}`);
  else reader.reject("promise_days", `promised ${words(promised)} is longer than the legal limit of ${words(legal)}`);
};

const readItem = (reader: RowReader): RawItem | undefined => {
  const code = readCode(reader);
  const name = nameOf(reader.value("task_name"));
  if (isEmpty(name)) reader.reject("task_name", "there is no name");
  else if (name.length > 200) reader.reject("task_name", "the name is longer than 200 characters");
  const department = reader.has("department") ? nameOf(reader.value("department")) : NO_DEPARTMENT;
  if (isEmpty(department)) reader.reject("department", "there is no department");
  const legal = limitOf(reader, "legal_days", "legal_unit");
  const promised = limitOf(reader, "promise_days", "promise_unit");
  if (legal && promised) comparePromise(reader, legal, promised);
  const visits = readCount(reader.value("visits"));
  if (!visits.ok) reader.reject("visits", visits.error);
  const materials = readMaterials(reader.value("materials"), readNames);
  for (const reason of materials.problems) reader.reject("materials", reason);
  if (code === undefined || legal === undefined || promised === undefined || !visits.ok) return undefined;
  const kind = nameOf(reader.value("task_type"));
  const fee = nameOf(reader.value("fee"));
  const mainItem = nameOf(reader.value("main_item"));
  const objects = readWords(reader.value("service_objects")).map((word) =>
    /自然人|个人|公民|居民|^person|^individual|^natural/i.test(word) ? "自然人" : word,
  );
  return {
    task_code: code,
    task_name: name,
    main_item: isEmpty(mainItem) ? null : mainItem,
    department,
    task_type: kindOfCode[kind] ?? (isEmpty(kind) ? (kindOfCode[code.slice(KIND_AT, KIND_AT + 2)] ?? "其他") : kind),
    legal_days: legal?.days ?? null,
    legal_unit: legal?.unit ?? null,
    promise_days: promised?.days ?? null,
    promise_unit: promised?.unit ?? null,
    visits: visits.value,
    fee: isEmpty(fee) ? null : fee,
    themes: [...readWords(reader.value("themes"))],
    service_objects: objects.length > 0 ? objects : ["自然人", "企业法人"],
    materials: [...materials.list],
  };
};

/** A row that only goes on with the materials of the item above it (cells of the item were merged). */
const isContinuation = (reader: RowReader): boolean =>
  (["task_code", "handle_code", "task_name", "legal_days", "promise_days"] as const).every(
    (field) => textOf(reader.value(field)) === "",
  ) && textOf(reader.value("materials")) !== "";

const isFooter = (row: TableRow): boolean => {
  const texts = [...row.values.values()].map(textOf).filter((text) => text !== "");
  return texts.length <= 2 && FOOTER.test(texts[0] ?? "");
};

/** Checks every row. An item with anything wrong about it is not among `items`; all that is wrong with it is told. */
export const checkRows = (table: Table, assignment: Assignment, map: ColumnMap): CheckedRows => {
  const list = {
    rejected: [] as LineProblem[],
    warnings: [] as LineProblem[],
    unitless: new Map<"legal_days" | "promise_days", number>(),
  };
  const items: { line: number; item: RawItem }[] = [];
  const codes = new Map<string, number>();
  const names = new Map<string, { readonly line: number; readonly department: string }[]>();
  for (const row of table.rows) {
    const reader = new RowReader(row, assignment, map, list);
    if (table.headerLine === null && row.values.size === 0) {
      reader.reject("row", "this is not an object with the fields of an item");
      continue;
    }
    if (table.headerLine !== null && isFooter(row)) {
      reader.warn("row", "left out: a note under the table");
      continue;
    }
    const above = items.at(-1);
    if (table.headerLine !== null && above && isContinuation(reader)) {
      const more = readMaterials(reader.value("materials"), readNames);
      for (const reason of more.problems) reader.reject("materials", reason);
      above.item.materials.push(...more.list);
      continue;
    }
    const before = list.rejected.length;
    const { length } = table.columns;
    if (row.width !== undefined && row.width > length)
      reader.reject(
        "row",
        `the line has ${String(row.width)} cells and there are ${String(length)} headers: a separator inside of a text needs quotation marks`,
      );
    const item = readItem(reader);
    const code = item?.task_code;
    if (code !== undefined) {
      const first = codes.get(code);
      if (first === undefined) codes.set(code, row.line);
      else reader.reject("task_code", `the code ${code} is on line ${String(first)} already`);
    }
    const name = nameOf(reader.value("task_name")).normalize("NFKC").replace(/\s+/g, "");
    const department = reader.has("department") ? nameOf(reader.value("department")) : "";
    if (name !== "") {
      const others = names.get(name) ?? [];
      const twin = others.find((other) => other.department === department);
      if (twin)
        reader.reject("task_name", `the name "${name}" of the same department is on line ${String(twin.line)} already`);
      else if (others[0])
        reader.warn("task_name", `the name "${name}" is on line ${String(others[0].line)} too, of another department`);
      if (!twin) names.set(name, [...others, { line: row.line, department }]);
    }
    if (item && list.rejected.length === before) items.push({ line: row.line, item });
  }
  for (const [field, count] of list.unitless) {
    const column = assignment.columnOf.get(field);
    const reason = `${String(count)} limits have no unit; they are taken as 工作日`;
    list.warnings.unshift({ line: table.headerLine ?? 1, field, ...(column === undefined ? {} : { column }), reason });
  }
  return { items, rejected: list.rejected, warnings: list.warnings };
};
