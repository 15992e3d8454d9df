import { z } from "zod";
import { idSchema as id } from "../../basics/id.ts";
import { reminderOutcomes } from "./entry.ts";

const fieldId = z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/);
const value = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(60).readonly(),
]);
const values = z.record(fieldId, value);
const sealed = z.record(fieldId, id);
/** Place of a clock's run in the entry's `clocks`. */
const run = z.int().min(0).max(1_000);
const note = z.string().trim().max(500);

/** Commands about ledgers; `docs/actions.md` tells each in words. */
export const ledgerCommandSchemas = {
  OpenLedgerEntry: z.object({ entryId: id, ledgerId: fieldId, values, sealed }),
  MoveLedgerEntry: z.object({ entryId: id, moveId: fieldId, values, sealed, note }),
  /** A correction or an addition: what was written before stays in the history. */
  AmendLedgerEntry: z.object({ entryId: id, values, sealed, reason: note.min(2) }),
  /** Sent by the node itself: what became of a message about an entry. */
  RemindLedgerEntry: z.object({
    entryId: id,
    reminderId: fieldId,
    run,
    outcome: z.enum(reminderOutcomes),
    detail: z.string().max(200),
  }),
  /** Sent by the node itself when a light comes on. */
  EscalateLedgerEntry: z.object({ entryId: id, run, step: z.enum(["yellow", "red"]) }),
} as const;
