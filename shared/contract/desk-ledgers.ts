import { z } from "zod";

/** What the desk asks the center about ledgers: entries that left the feed, the workbook, the code of a questionnaire. All by POST. */
export const DESK_LEDGERS_PATH = "/api/desk/ledgers";

const day = z.iso.date();
/** Who asks: a desk terminal with somebody signed in. */
const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };

export const deskLedgerRangeSchema = z.object({ ...asker, ledgerId: z.string().min(1).max(30), from: day, to: day });

export const deskLedgerCodeSchema = z.object({
  ...asker,
  ledgerId: z.string().min(1).max(30),
  /** Who asks people: the name of the third party, shown on the page. */
  by: z.string().trim().min(2).max(40),
  days: z.int().min(1).max(366),
});

/** Where the page of a questionnaire is, and its last day. */
export const ledgerCodeSchema = z.object({ url: z.string().max(500), until: day });
export type LedgerCode = z.infer<typeof ledgerCodeSchema>;
