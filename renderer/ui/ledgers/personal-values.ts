import { z } from "zod";
import type { LedgerEntry, LedgerValues } from "../../../shared/domain/ledger/entry.ts";

const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

/** JSON, and nothing else: what lies sealed was never looked at on its way. */
const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The personal fields of an entry out of its records as they were unsealed; without those of a record that was erased.
 * Null: a record holds something else.
 */
export const personalValues = (
  { sealed }: Pick<LedgerEntry, "sealed">,
  records: ReadonlyMap<string, string | null>,
): LedgerValues | null => {
  const values: Record<string, LedgerValues[string]> = {};
  for (const [field, recordId] of Object.entries(sealed)) {
    const parsed = valuesSchema.safeParse(asJson(records.get(recordId) ?? "{}"));
    if (!parsed.success) return null;
    const value = parsed.data[field];
    if (value !== undefined) values[field] = value;
  }
  return values;
};
