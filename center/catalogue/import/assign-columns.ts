import { fieldOfHeader, plainHeader, type FieldName } from "./columns.ts";
import { readUnit, textOf } from "./cells.ts";
import type { ColumnMap } from "./map-file.ts";
import type { Table } from "./read-table.ts";

export interface Assignment {
  readonly columnOf: ReadonlyMap<FieldName, string>;
  /** Columns that tell nothing that is kept. */
  readonly ignored: readonly string[];
  /** Columns that the map file names and the file does not have. */
  readonly missing: readonly { readonly field: FieldName; readonly column: string }[];
}

const CODE_LIKE = /^[0-9A-Z]{31}(?:[0-9A-Z]{2})?$/;
const SAMPLE_ROWS = 50;

/** A column most of whose cells are implementation codes, whatever it is called. */
const findCodeColumn = (table: Table, taken: ReadonlySet<string>): string | undefined => {
  const rows = table.rows.slice(0, SAMPLE_ROWS);
  return table.columns.find((column) => {
    if (taken.has(column)) return false;
    const cells = rows.map((row) => textOf(row.values.get(column))).filter((text) => text !== "");
    const codes = cells.filter((text) => CODE_LIKE.test(text.normalize("NFKC").toUpperCase()));
    return cells.length > 0 && codes.length * 2 > cells.length;
  });
};

const holdsUnits = (table: Table, column: string): boolean => {
  const cells = table.rows
    .slice(0, SAMPLE_ROWS)
    .map((row) => textOf(row.values.get(column)))
    .filter((text) => text !== "");
  return cells.length > 0 && cells.every((text) => readUnit(text) != null);
};

/** Which column tells what: by the map file first, then by its name, the code also by its content. */
export const assignColumns = (table: Table, map: ColumnMap): Assignment => {
  const columnOf = new Map<FieldName, string>();
  const taken = new Set<string>();
  const missing: { field: FieldName; column: string }[] = [];
  for (const [field, wanted] of map.columns) {
    const plain = wanted.map(plainHeader);
    const column =
      table.columns.find((each) => wanted.includes(each)) ??
      table.columns.find((each) => plain.includes(plainHeader(each)));
    if (column === undefined) {
      missing.push({ field, column: wanted.join(" / ") });
      continue;
    }
    columnOf.set(field, column);
    taken.add(column);
  }
  const guesses = table.columns
    .filter((column) => !taken.has(column))
    .flatMap((column) => {
      const guess = fieldOfHeader(column);
      return guess ? [{ column, ...guess }] : [];
    })
    .sort((left, right) => left.rank - right.rank);
  for (const { column, field } of guesses) {
    if (columnOf.has(field) || map.constants.has(field)) continue;
    columnOf.set(field, column);
    taken.add(column);
  }
  // 单位 is an office or a unit of days: its cells tell.
  const department = columnOf.get("department");
  if (department !== undefined && !map.columns.has("department") && holdsUnits(table, department)) {
    columnOf.delete("department");
    if (!columnOf.has("limit_unit")) columnOf.set("limit_unit", department);
  }
  if (!columnOf.has("task_code")) {
    const column = findCodeColumn(table, taken);
    if (column !== undefined) {
      columnOf.set("task_code", column);
      taken.add(column);
    }
  }
  return { columnOf, ignored: table.columns.filter((column) => !taken.has(column)), missing };
};
