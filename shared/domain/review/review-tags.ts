import type { ReviewLevel } from "./review.ts";

export interface ReviewTag {
  readonly code: string;
  /** Shown only after "more". */
  readonly isMore: boolean;
}

const tags = (codes: readonly string[]): readonly ReviewTag[] => codes.map((code, at) => ({ code, isMore: at >= 3 }));

/**
 * The 40 standard tags in force, eight a level, the first three shown at once: data/review-tags.json, version 1. Built in,
 * not editable; their names are `review:tag.<code>`. A test holds both against the file.
 */
export const tagsOfLevel: Readonly<Record<ReviewLevel, readonly ReviewTag[]>> = {
  5: tags(["510", "511", "512", "513", "514", "515", "516", "517"]),
  4: tags(["406", "407", "408", "409", "410", "411", "412", "413"]),
  3: tags(["307", "308", "309", "310", "311", "312", "313", "314"]),
  2: tags(["207", "208", "209", "210", "211", "212", "213", "214"]),
  1: tags(["108", "109", "110", "111", "112", "113", "114", "115"]),
};
