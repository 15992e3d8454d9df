import type { BenchResult } from "./measure.ts";

const isReference = (row: BenchResult): boolean => row.goal === null && row.ratio === null;

const met = (row: BenchResult): string => (row.met === null ? "" : row.met ? "met" : "MISSED");

/** The results as a table for people; notes below it. */
export const table = (rows: readonly BenchResult[]): string => {
  const cells = [
    ["id", "ours", "reference", "unit", "ratio", "goal", ""],
    ...rows.map((row) => [
      row.id,
      isReference(row) ? "" : String(row.ours),
      String(row.reference),
      row.unit,
      row.ratio === null ? "" : String(row.ratio),
      row.goal ?? (isReference(row) ? "reference" : "no goal"),
      met(row),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  const notes = rows.filter((row) => row.note !== undefined).map((row) => `${row.id}: ${row.note ?? ""}`);
  return `\n${lines.join("\n")}\n${notes.length > 0 ? `\n${notes.join("\n")}\n` : ""}`;
};
