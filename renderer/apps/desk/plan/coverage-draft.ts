import { coverageSchema, type Coverage } from "../../../../shared/domain/city/coverage.ts";
import type { DraftFault } from "./plan-draft.ts";

export const coverageNumbers = ["listed", "inHall", "oneWindow", "online"] as const;
const MOST = 99_999;

/** The numbers of items as they are typed; all empty: not given. */
export type CoverageDraft = Readonly<Record<(typeof coverageNumbers)[number] | "asOf", string>>;

export const coverageDraftOf = (coverage: Coverage | undefined): CoverageDraft => ({
  asOf: coverage?.asOf ?? "",
  listed: String(coverage?.listed ?? ""),
  inHall: String(coverage?.inHall ?? ""),
  oneWindow: String(coverage?.oneWindow ?? ""),
  online: String(coverage?.online ?? ""),
});

/** What was typed, or null with what is wrong by field (`coverage.inHall` …): each part must fit into its whole. */
export const readCoverage = (draft: CoverageDraft, faults: Record<string, DraftFault>): Coverage | null => {
  const number = (name: (typeof coverageNumbers)[number], min: number, most: number): number => {
    const typed = draft[name].trim();
    const value = /^\d{1,5}$/.test(typed) ? Number(typed) : NaN;
    const max = Number.isNaN(most) ? MOST : most;
    if (!(value >= min && value <= max)) faults[`coverage.${name}`] = { key: "number", params: { min, max } };
    return value;
  };
  const listed = number("listed", 1, MOST);
  const inHall = number("inHall", 0, listed);
  const oneWindow = number("oneWindow", 0, inHall);
  const online = number("online", 0, listed);
  if (!coverageSchema.shape.asOf.safeParse(draft.asOf).success) faults["coverage.asOf"] = { key: "day", params: {} };
  return coverageSchema.safeParse({ asOf: draft.asOf, listed, inHall, oneWindow, online }).data ?? null;
};
