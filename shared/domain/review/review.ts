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
export type ReviewFlag = "tooFast" | "noService" | "late";

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
}

/**
 * The id of the review of the n-th service of a ticket. Derived, so that a review screen can invite while the node is
 * away and still mean the same review.
 */
export const reviewIdOf = (ticketId: string, serviceNo: number): string => `${ticketId}.${String(serviceNo)}`;

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
