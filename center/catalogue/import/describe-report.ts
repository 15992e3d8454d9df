import type { LineProblem } from "./check-rows.ts";
import type { FileReport } from "./import-file.ts";

const describe = ({ line, field, column, reason }: LineProblem): string =>
  `  ${line === 0 ? "" : `line ${String(line)}, `}${column === undefined ? field : `${field} (${column})`}: ${reason}`;

/** The report of an import for a person. */
export const describeReport = (report: FileReport): string => {
  const { accepted, packages, rejected, warnings, imported, dryRun, readAs, columns, ignoredColumns } = report;
  const named = Object.entries(columns).map(([field, column]) => `${field} = ${column}`);
  return [
    `Read as ${readAs === "" ? "nothing known" : readAs}.`,
    ...(named.length > 0 ? [`Columns: ${named.join(", ")}.`] : []),
    ...(ignoredColumns.length > 0 ? [`Not used: ${ignoredColumns.join(", ")}.`] : []),
    `${String(accepted)} items are right${packages === 0 ? "" : `, and ${String(packages)} packages`}.`,
    ...(rejected.length > 0 ? [`${String(rejected.length)} problems:`, ...rejected.map(describe)] : []),
    ...(warnings.length > 0 ? [`${String(warnings.length)} doubts:`, ...warnings.map(describe)] : []),
    imported
      ? "The catalogue was taken over."
      : dryRun && rejected.length === 0
        ? "Nothing was changed (dry run)."
        : "Nothing was changed: correct the problems and try again.",
  ].join("\n");
};
