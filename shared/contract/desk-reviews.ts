import { z } from "zod";

/** What the duty desk asks the center about reviews; figures, words and lists that are in no feed. All by POST. */
export const DESK_REVIEWS_PATH = "/api/desk/reviews";

const day = z.iso.date();
/** Who asks: a desk terminal with somebody signed in. */
const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };

export const deskRangeSchema = z.object({ ...asker, from: day, to: day });
export const deskListSchema = z.object({
  ...asker,
  from: day,
  to: day,
  only: z.enum(["all", "bad", "flagged"]).default("all"),
});
export const deskWordsSchema = z.object({
  ...asker,
  reviewId: z.string().min(1).max(80),
  /** The whole phone number, for the call-back; asked for by itself, and noted. */
  reveals: z.boolean(),
});
export const deskReportsSchema = z.object(asker);
export const deskReportSchema = z.object({
  ...asker,
  reportId: z.string().max(200),
  profile: z.string().max(40),
  act: z.enum(["retry", "drop"]),
});

/** A review screen or a kiosk asks for the code of a review that it invites to, to be scanned by the person's own phone. */
export const REVIEW_CODE_PATH = "/api/review-code";
export const reviewCodeRequestSchema = z.object({
  deviceId: z.string().max(64),
  secret: z.string().max(128),
  reviewId: z.string().min(1).max(80),
});
export const reviewCodeSchema = z.object({ url: z.string().max(400) });

/** Where a review code leads. */
export const REVIEW_PAGE_PATH = "/r";

/** A terminal that gives out papers asks for the key with which it makes their review codes. */
export const REVIEW_CASE_KEY_PATH = "/api/review-case-key";
export const reviewCaseKeyRequestSchema = z.object({ deviceId: z.string().max(64), secret: z.string().max(128) });
/** 32 bytes in base64. */
export const reviewCaseKeySchema = z.object({ key: z.string().length(44) });

/** A review as the desk's list shows it: what was said, not who said it. */
export interface ListedReview {
  readonly seq: number;
  readonly reviewId: string;
  readonly at: number;
  readonly number: string | null;
  readonly counterId: string | null;
  readonly businessId: string | null;
  readonly itemName: string | null;
  readonly level: number;
  readonly tags: readonly string[];
  readonly flags: readonly string[];
  readonly channel: string;
  readonly isFirst: boolean;
  readonly counts: boolean;
  readonly hasText: boolean;
  readonly hasPhone: boolean;
}

/** The person's own words, as written; the phone masked unless it was revealed. */
export interface ReviewWords {
  readonly entries: readonly { readonly seq: number; readonly text: string | null; readonly phone: string | null }[];
}

/** A report that the platform refused. It carries what is wrong, not what was said. */
export interface ListedReport {
  readonly reportId: string;
  readonly profile: string;
  readonly attempts: number;
  readonly queuedAt: number;
  readonly fault: string;
}

export interface DeskReports {
  /** Null: the hall reports to nobody. */
  readonly profile: string | null;
  readonly waiting: number;
  readonly sent: number;
  readonly dead: readonly ListedReport[];
}
