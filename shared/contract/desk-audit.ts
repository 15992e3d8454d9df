import { z } from "zod";
import { deskRangeSchema } from "./desk-reviews.ts";

/** Who looked at personal data, took something out or sent it: for the duty desk alone. */
export const DESK_AUDIT_PATH = "/api/desk/audit";
export const deskAuditSchema = deskRangeSchema;

/** Acts that are noted; each has a sentence, `deskReviews:act.<act>`. */
export const staffActs = [
  "review.words",
  "review.phone",
  "review.export",
  "report.retry",
  "report.drop",
  "case.reveal",
  "ledger.reveal",
  "ledger.export",
  "ledger.code",
  "order.words",
  "order.contact",
  "order.export",
  "city.export",
  "desk.search",
  "desk.matter",
  "release.stage",
  "release.halt",
  "release.resume",
  "factor.reset",
  "terminal.lock",
  "terminal.unlock",
  "terminal.rename",
  "terminal.role",
  "terminal.revoke",
  "terminal.logs",
  "terminal.readSettings",
  "terminal.applySettings",
] as const;
export type StaffAct = (typeof staffActs)[number];

/** One entry of the book; names no applicant. */
export const notedActSchema = z.object({
  id: z.string(),
  at: z.number(),
  clerkName: z.string(),
  clerkNo: z.string(),
  terminalName: z.string(),
  act: z.enum(staffActs),
  /** The number of the ticket or case, or what was taken out. */
  about: z.string(),
  reason: z.string(),
});
export type NotedAct = Readonly<z.infer<typeof notedActSchema>>;
export const deskAuditResponseSchema = z.object({ acts: z.array(notedActSchema), more: z.boolean() });
