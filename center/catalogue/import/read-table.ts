import { parse as parseCsv } from "csv-parse/sync";
import readXlsx from "read-excel-file/node";
import { err, ok, type Result } from "../../../shared/basics/result.ts";
import { fieldOfHeader, headerScore, plainHeader } from "./columns.ts";
import { textOf } from "./cells.ts";
import { decodeText } from "./decode-text.ts";
import { elementLines } from "./json-lines.ts";

/** One row under the headers. `line`: where a person finds it in the file, from 1. */
export interface TableRow {
  readonly line: number;
  /** Cells up to the last that is not empty; missing where rows carry their own headers. */
  readonly width?: number;
  readonly values: ReadonlyMap<string, unknown>;
}

export interface Table {
  /** Headers in the file's order, each once. */
  readonly columns: readonly string[];
  /** Line of the headers; null when each row carries its own (JSON). */
  readonly headerLine: number | null;
  readonly rows: readonly TableRow[];
  /** How it was read: encoding, separator, sheet. */
  readonly readAs: string;
}

/** Why a file could not be read at all, with the line where that shows. */
export interface TableFault {
  readonly line: number;
  readonly reason: string;
}

export interface TableWish {
  /** Headers that the map file names: they tell which row is the one of headers. */
  readonly headers: ReadonlySet<string>;
  readonly sheet: string | undefined;
  /** Line of the headers, from 1; left out: found. */
  readonly headerLine: number | undefined;
}

interface RawRow {
  readonly line: number;
  readonly cells: readonly unknown[];
}

/** Titles and notes above the headers may take so many lines. */
const HEADER_WITHIN = 40;

const isBlank = (row: RawRow): boolean => row.cells.every((cell) => textOf(cell) === "");

/** Headers made different from each other: a second 名称 becomes 名称 (2). */
const distinct = (headers: readonly string[]): string[] => {
  const times = new Map<string, number>();
  return headers.map((header, index) => {
    const name = header === "" ? `column ${String(index + 1)}` : header;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} (${String(time)})`;
  });
};

const best = <T>(
  list: readonly T[],
  score: (one: T) => number,
): { readonly one: T; readonly score: number } | undefined => {
  let found: { readonly one: T; readonly score: number } | undefined;
  for (const one of list) {
    const points = score(one);
    if (points > 0 && points > (found?.score ?? 0)) found = { one, score: points };
  }
  return found;
};

const scoreOf = (row: RawRow, { headers }: TableWish): number => {
  const texts = row.cells.map(textOf);
  const named = texts.filter((text) => text !== "" && headers.has(plainHeader(text))).length;
  return named * 100 + headerScore(texts);
};

const filledCells = (row: RawRow): number => row.cells.filter((cell) => textOf(cell) !== "").length;

const headerText = (cell: unknown): string => textOf(cell).replace(/\s+/g, " ");

/** Whether the row under the headers goes on with them: 数量 and 单位 under 法定办结时限, nothing under code and name. */
const isSecondHeader = (top: readonly string[], row: RawRow): boolean => {
  const cells = row.cells.map(headerText);
  const underNames = top.some((text, index) => {
    const field = fieldOfHeader(text)?.field;
    return (field === "task_code" || field === "task_name") && (cells[index] ?? "") !== "";
  });
  const words = cells.filter((text) => text !== "");
  return (
    !underNames &&
    words.length >= 2 &&
    words.every((text) => /^(?:数量|单位|时限|天数|数值|期限|days?|units?|number|value)$/i.test(text))
  );
};

/** Headers of two rows in one; a cell that is empty above belongs to the one to its left (merged cells). */
const joinHeaders = (top: readonly string[], row: RawRow): string[] => {
  let left = "";
  return Array.from({ length: Math.max(top.length, row.cells.length) }, (_, index) => {
    const below = headerText(row.cells[index]);
    const above = top[index] ?? "";
    if (above !== "") left = above;
    return below === "" ? above : `${left}${below}`;
  });
};

const tableOf = (rows: readonly RawRow[], wish: TableWish, readAs: string): Result<Table, TableFault> => {
  const filled = rows.filter((row) => !isBlank(row));
  if (filled.length === 0) return err({ line: 1, reason: "the file has no rows" });
  const header =
    wish.headerLine === undefined
      ? (
          best(filled.slice(0, HEADER_WITHIN), (row) => scoreOf(row, wish)) ??
          best(filled.slice(0, HEADER_WITHIN), filledCells)
        )?.one
      : rows.find((row) => row.line === wish.headerLine);
  if (!header || isBlank(header))
    return err({ line: wish.headerLine ?? 1, reason: "there are no headers on this line" });
  const top = header.cells.map(headerText);
  const below = filled.find((row) => row.line > header.line);
  const texts = below && isSecondHeader(top, below) ? joinHeaders(top, below) : top;
  const firstRow = texts === top ? header.line : (below?.line ?? header.line);
  const last = texts.findLastIndex((text) => text !== "");
  const columns = distinct(texts.slice(0, last + 1));
  const same = JSON.stringify(top);
  return ok({
    columns,
    headerLine: header.line,
    rows: filled
      .filter((row) => row.line > firstRow)
      // Headers that are printed again on each page.
      .filter((row) => JSON.stringify(row.cells.map(headerText)) !== same)
      .map(({ line, cells }) => ({
        line,
        width: cells.findLastIndex((cell) => textOf(cell) !== "") + 1,
        values: new Map(columns.map((column, index): [string, unknown] => [column, cells[index] ?? null])),
      })),
    readAs,
  });
};

const DELIMITERS = [",", ";", "\t", "|", "，"] as const;
const delimiterNames = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "，": "full-width comma" } as const;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const csvRows = (text: string, delimiter: string, firstLine: number): Result<readonly RawRow[], TableFault> => {
  try {
    const records = parseCsv(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as unknown as readonly CsvRecord[];
    let before = firstLine - 1;
    return ok(
      records.map(({ record, info }) => {
        const line = before + 1;
        before = firstLine - 1 + info.lines;
        return { line, cells: record };
      }),
    );
  } catch (error) {
    const { lines, message, code } = error as { lines?: number; message?: string; code?: string };
    const told =
      code === "CSV_QUOTE_NOT_CLOSED" ? "a quotation mark that is opened here is never closed" : (message ?? "");
    return err({ line: (lines ?? 1) + firstLine - 1, reason: `not a table of separated values: ${told}` });
  }
};

const readCsv = (text: string, encoding: string, wish: TableWish): Result<Table, TableFault> => {
  // Excel's own first line about the separator.
  const told = /^sep=(.)\r?\n/i.exec(text);
  const body = told ? text.slice(told[0].length) : text;
  const firstLine = told ? 2 : 1;
  const candidates = told?.[1] === undefined ? DELIMITERS : [told[1]];
  let fault: TableFault | undefined;
  const read = candidates.flatMap((delimiter) => {
    const rows = csvRows(body, delimiter, firstLine);
    if (!rows.ok) fault ??= rows.error;
    return rows.ok ? [{ delimiter, rows: rows.value }] : [];
  });
  const heads = (rows: readonly RawRow[]): readonly RawRow[] =>
    rows.filter((row) => !isBlank(row)).slice(0, HEADER_WITHIN);
  const chosen =
    best(
      read,
      ({ rows }) =>
        Math.max(0, ...heads(rows).map((row) => scoreOf(row, wish))) * 100 +
        Math.max(0, ...heads(rows).map((row) => row.cells.length)),
    )?.one ?? read[0];
  if (!chosen) return err(fault ?? { line: 1, reason: "the file has no rows" });
  const name = delimiterNames[chosen.delimiter as keyof typeof delimiterNames] ?? chosen.delimiter;
  return tableOf(chosen.rows, wish, `CSV, ${name}, ${encoding}`);
};

const readSheets = async (bytes: Buffer, wish: TableWish): Promise<Result<Table, TableFault>> => {
  let sheets: readonly { readonly sheet: string; readonly data: readonly (readonly unknown[])[] }[];
  try {
    sheets = await readXlsx(bytes);
  } catch (error) {
    return err({ line: 1, reason: `not a workbook that can be read: ${(error as Error).message}` });
  }
  const tables = sheets.map(({ sheet, data }) => ({
    sheet,
    rows: data.map((cells, index): RawRow => ({ line: index + 1, cells })),
  }));
  const chosen =
    wish.sheet === undefined
      ? (best(tables, ({ rows }) => Math.max(0, ...rows.slice(0, HEADER_WITHIN).map((row) => scoreOf(row, wish))))
          ?.one ?? tables.find(({ rows }) => rows.length > 0))
      : tables.find(({ sheet }) => sheet === wish.sheet);
  if (!chosen) {
    const names = sheets.map(({ sheet }) => sheet).join(", ");
    return err({
      line: 1,
      reason:
        wish.sheet === undefined ? "the workbook is empty" : `there is no sheet "${wish.sheet}"; there is ${names}`,
    });
  }
  return tableOf(chosen.rows, wish, `xlsx, sheet ${chosen.sheet}`);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Found {
  readonly path: readonly string[];
  readonly list: readonly unknown[];
}

/** The list of rows in a JSON value: the value itself, or the longest list of objects within two levels of it. */
const findList = (value: unknown, path: readonly string[] = []): Found | undefined => {
  if (Array.isArray(value)) return path.length === 0 || value.some(isRecord) ? { path, list: value } : undefined;
  if (!isRecord(value) || path.length > 2) return undefined;
  const inside = Object.entries(value).flatMap(([key, inner]) => findList(inner, [...path, key]) ?? []);
  return inside.find((found) => found.path.at(-1) === "items") ?? best(inside, ({ list }) => list.length)?.one;
};

const jsonTable = (
  elements: readonly { readonly line: number; readonly value: unknown }[],
  readAs: string,
): Result<Table, TableFault> => {
  const columns = new Set<string>();
  for (const { value } of elements) if (isRecord(value)) for (const key of Object.keys(value)) columns.add(key);
  if (elements.length === 0) return err({ line: 1, reason: "the list of items is empty" });
  return ok({
    columns: [...columns],
    headerLine: null,
    rows: elements.map(({ line, value }) => ({ line, values: new Map(isRecord(value) ? Object.entries(value) : []) })),
    readAs,
  });
};

const readJsonLines = (text: string): Result<Table, TableFault> | undefined => {
  const lines = text.split(/\r?\n/);
  const elements: { line: number; value: unknown }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    if (!/^\s*\{.*\}\s*$/.test(line)) return undefined;
    try {
      elements.push({ line: index + 1, value: JSON.parse(line) });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return err({ line: index + 1, reason: `not JSON: ${error.message}` });
    }
  }
  return elements.length > 1 ? jsonTable(elements, "JSON, one a line") : undefined;
};

const readJson = (text: string): Result<Table, TableFault> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const byLine = readJsonLines(text);
    if (byLine) return byLine;
    const place = /position (\d+)/.exec(error.message)?.[1];
    const line = place === undefined ? 1 : text.slice(0, Number(place)).split("\n").length;
    return err({ line, reason: `not JSON: ${error.message}` });
  }
  const found = findList(value) ?? (isRecord(value) ? { path: null, list: [value] } : undefined);
  if (!found) return err({ line: 1, reason: "there is no list of items in this JSON" });
  const lines = found.path === null ? [1] : elementLines(text, found.path);
  // All on one line: the place in the list says more than the line.
  const isOneLine = lines.length > 1 && new Set(lines).size === 1;
  return jsonTable(
    found.list.map((element, index) => ({ line: isOneLine ? index + 1 : (lines[index] ?? index + 1), value: element })),
    isOneLine ? "JSON on one line: numbers are places in the list" : "JSON",
  );
};

/** Reads a catalogue of any of the known forms, by what is in it and not by its name. */
export const readTable = async (bytes: Buffer, wish: TableWish): Promise<Result<Table, TableFault>> => {
  if (bytes.length === 0) return err({ line: 1, reason: "the file is empty" });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readSheets(bytes, wish);
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return err({ line: 1, reason: "an old .xls workbook: save it as .xlsx or CSV" });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return err({ line: 1, reason: "neither xlsx, JSON nor CSV in UTF-8, UTF-16 or GB18030" });
  const { text, encoding } = decoded.value;
  return /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text, encoding, wish);
};
