import { z } from "zod";

/** What a desk asks the center for that its own copy does not hold any more. By POST. */
export const DESK_SEARCH_PATH = "/api/desk/search";
export const DESK_MATTER_PATH = "/api/desk/matter";

/** Kinds of things by which a person's matter is found. */
export const matterKinds = ["ticket", "case", "review", "order", "entry"] as const;
const kind = z.enum(matterKinds);
export type MatterKind = z.infer<typeof kind>;

/** One character finds half of the hall. */
export const SEARCH_MIN = 2;

/** Who asks: a desk terminal with somebody signed in. */
const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };

export const deskSearchSchema = z.object({ ...asker, typed: z.string().trim().min(SEARCH_MIN).max(60) });
export const deskMatterSchema = z.object({ ...asker, kind, id: z.string().min(1).max(64) });

/** By numbers, items and departments; never by who the person is. */
export const deskFoundSchema = z.object({
  found: z.array(z.object({ kind, id: z.string(), number: z.string(), about: z.string(), day: z.string() })),
  /** More were found than are told. */
  isCut: z.boolean(),
});
export type DeskFound = Readonly<z.infer<typeof deskFoundSchema>>;
export type FoundBefore = DeskFound["found"][number];

/** What happened in a matter, oldest first; `key` of `home:line`. */
export const deskMatterLinesSchema = z.object({
  lines: z.array(
    z.object({
      at: z.number(),
      kind,
      key: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      by: z.string().nullable(),
    }),
  ),
});
export type DeskMatterLines = Readonly<z.infer<typeof deskMatterLinesSchema>>;
