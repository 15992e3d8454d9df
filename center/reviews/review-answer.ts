import { z } from "zod";
import {
  isBad,
  REVIEW_TEXT_MAX,
  reviewLacks,
  reviewLevelSchema,
  type ReviewLevel,
} from "../../shared/domain/review/review.ts";
import { tagsOfLevel } from "../../shared/domain/review/review-tags.ts";

/** What a person filled in on the page. */
export interface ReviewAnswer {
  readonly level: ReviewLevel;
  readonly tags: readonly string[];
  readonly text: string;
  readonly phone: string;
  readonly stamp: string;
}

export type AnswerLack = "level" | "tagOrText" | "shorter" | "phone" | "tag";

const formSchema = z.object({
  level: z.coerce.number().pipe(reviewLevelSchema),
  tags: z.array(z.string().max(3)).max(40),
  text: z.string().max(2_000),
  phone: z.string().max(40),
  stamp: z.string().max(100),
});

/**
 * Reads the fields of the page's form. Words are taken as they are: no keyword decides about anybody's review. Tags of
 * another level, ticked before the person chose anew, are left out.
 */
export const readAnswer = (body: string): ReviewAnswer | AnswerLack => {
  const fields = new URLSearchParams(body);
  const parsed = formSchema.safeParse({
    level: fields.get("level") ?? "",
    tags: fields.getAll("tag"),
    text: (fields.get("text") ?? "").replaceAll("\r\n", "\n"),
    phone: fields.get("phone") ?? "",
    stamp: fields.get("stamp") ?? "",
  });
  if (!parsed.success) return "level";
  const { level, stamp } = parsed.data;
  const own = new Set(tagsOfLevel[level].map(({ code }) => code));
  const tags = [...new Set(parsed.data.tags)].filter((code) => own.has(code)).slice(0, 8);
  const text = isBad(level) ? parsed.data.text.trim() : "";
  const phone = isBad(level) ? parsed.data.phone.trim() : "";
  if (text.length > REVIEW_TEXT_MAX) return "shorter";
  const lacks = reviewLacks(level, tags, text);
  if (lacks !== null) return lacks;
  if (phone !== "" && !/^\+?[\d\- ]{7,20}$/.test(phone)) return "phone";
  return { level, tags, text, phone, stamp };
};
