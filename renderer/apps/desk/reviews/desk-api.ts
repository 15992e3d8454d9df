import type { z } from "zod";
import { DESK_AUDIT_PATH, deskAuditResponseSchema } from "../../../../shared/contract/desk-audit.ts";
import type { DeskReports, ListedReport, ListedReview, ReviewWords } from "../../../../shared/contract/desk-reviews.ts";
import { DESK_REVIEWS_PATH } from "../../../../shared/contract/desk-reviews.ts";
import { err, ok, type Result } from "../../../../shared/basics/result.ts";
import type { ReviewFigures } from "../../../../shared/domain/review/figures.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { deskSheet, keepSheet } from "../keep-sheet.ts";

export interface Days {
  readonly from: string;
  readonly to: string;
}

const asker = (terminal: Terminal): object => ({ clerkId: terminal.clerk.get()?.clerkId ?? "" });

const ask = async <T>(terminal: Terminal, what: string, body: object): Promise<Result<T, string>> => {
  const answer = await terminal.askAs(`${DESK_REVIEWS_PATH}/${what}`, { ...asker(terminal), ...body });
  return answer.ok ? ok(answer.value as T) : err(answer.error.code);
};

export const readFigures = (terminal: Terminal, days: Days): Promise<Result<ReviewFigures, string>> =>
  ask(terminal, "figures", days);

export const readList = (
  terminal: Terminal,
  days: Days,
  only: "all" | "bad" | "flagged",
): Promise<Result<{ readonly reviews: readonly ListedReview[]; readonly more: boolean }, string>> =>
  ask(terminal, "list", { ...days, only });

/** The person's own words; `reveals` also the whole number. Who looked is noted at the center. */
export const readWords = (
  terminal: Terminal,
  reviewId: string,
  reveals: boolean,
): Promise<Result<ReviewWords, string>> => ask(terminal, "words", { reviewId, reveals });

/** The book of what staff looked at and took out. */
export const readAudit = async (
  terminal: Terminal,
  days: Days,
): Promise<Result<z.infer<typeof deskAuditResponseSchema>, string>> => {
  const answer = await terminal.askAs(DESK_AUDIT_PATH, { ...asker(terminal), ...days });
  if (!answer.ok) return err(answer.error.code);
  const read = deskAuditResponseSchema.safeParse(answer.value);
  return read.success ? ok(read.data) : err("unavailable");
};

export const readReports = (terminal: Terminal): Promise<Result<DeskReports, string>> => ask(terminal, "reports", {});

/** Tries a refused report again, or lets it go. @returns whether that was done */
export const actOnReport = async (
  terminal: Terminal,
  { reportId, profile }: ListedReport,
  act: "retry" | "drop",
): Promise<boolean> => (await ask<unknown>(terminal, "report", { reportId, profile, act })).ok;

/** Fetches the workbook and lets the person keep it. @returns whether it was kept; false: the person thought better of it */
export const exportFigures = async (terminal: Terminal, days: Days): Promise<Result<boolean, string>> => {
  const sheet = await deskSheet(terminal, `${DESK_REVIEWS_PATH}/export`, days);
  return sheet.ok ? keepSheet(sheet.value, `reviews-${days.from}-${days.to}.xlsx`) : sheet;
};
