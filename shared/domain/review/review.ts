import { z } from "zod";

/** 5 非常满意 … 1 非常不满意; 1 and 2 are bad (国办函〔2019〕 good/bad review levels, see data/review-tags.json). */
export const reviewLevelSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type ReviewLevel = z.infer<typeof reviewLevelSchema>;

/** True for the two levels that open a rectification. */
export const isBad = (level: ReviewLevel): boolean => level <= 2;

/** Where it was given; the report's channel code `pf` is mapped from it by the local plan. */
export const reviewChannelSchema = z.enum(["secondDisplay", "tablet", "kiosk", "qr"]);
export type ReviewChannel = z.infer<typeof reviewChannelSchema>;

/** Signs of a false review: flagged and explained, never deleted. */
export type ReviewFlag = "tooFast" | "noService" | "late" | "staffInput" | "burst" | "samePerson";

/** What a choice was made with. "script": no hand at all, the program was driven. */
export const reviewInputSchema = z.enum(["touch", "mouse", "keyboard", "script"]);
export type ReviewInput = z.infer<typeof reviewInputSchema>;

/** A bad review's own words are at most this long (domain.md, Review). */
export const REVIEW_TEXT_MAX = 150;

export interface Review {
  readonly id: string;
  readonly ticketId: string | null;
  readonly number: string | null;
  readonly counterId: string | null;
  readonly clerkId: string | null;
  readonly invitedAt: number | null;
  readonly expiresAt: number | null;
  /** "closed" is all that a clerk's feed tells of the three ends. */
  readonly state: "invited" | "given" | "notGiven" | "closed";
  readonly level: ReviewLevel | null;
  readonly tags: readonly string[];
  readonly flags: readonly ReviewFlag[];
  readonly textId: string | null;
  readonly phoneId: string | null;
  readonly additions: number;
  /** When the first one was given; absent until then, and for whoever may not know. */
  readonly givenAt?: number;
}

/**
 * A flagged review that is not bad, until the desk has decided whether it counts. Bad ones are decided in their
 * rectification, by an appeal and two people.
 */
export interface SuspectReview {
  readonly id: string;
  readonly level: ReviewLevel;
  readonly flags: readonly ReviewFlag[];
  readonly number: string | null;
  readonly counterId: string | null;
  readonly clerkId: string | null;
  readonly at: number;
}

/**
 * What the center itself knows of a service that is not of today, or that a code in the person's hand stands for. Only
 * the center fills it in; from a terminal it counts for nothing.
 */
export const reviewedServiceSchema = z.object({
  ticketId: z.string().max(64).nullable(),
  number: z.string().max(40).nullable(),
  counterId: z.string().max(8).nullable(),
  clerkId: z.string().max(64).nullable(),
  businessId: z.string().max(2).nullable(),
  itemCode: z.string().max(64).nullable(),
  itemName: z.string().max(200).nullable(),
  caseId: z.string().max(64).nullable(),
  /** A first review of it was given before. */
  isReviewed: z.boolean(),
});
export type ReviewedService = Readonly<z.infer<typeof reviewedServiceSchema>>;

/**
 * The id of the review of the n-th service of a ticket. Derived, so that a review screen can invite while the node is
 * away and still mean the same review.
 */
export const reviewIdOf = (ticketId: string, serviceNo: number): string => `${ticketId}.${String(serviceNo)}`;

/** The id of the one review of a case. */
export const caseReviewIdOf = (caseId: string): string => `case.${caseId}`;

/** What a review still lacks before it can be sent: a bad one needs a tag or words (domain.md, Review). */
export const reviewLacks = (
  level: ReviewLevel,
  tags: readonly string[],
  text: string,
): "tagOrText" | "shorter" | null => {
  if (text.length > REVIEW_TEXT_MAX) return "shorter";
  if (isBad(level) && tags.length === 0 && text.trim() === "") return "tagOrText";
  return null;
};
