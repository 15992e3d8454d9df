import { z } from "zod";
import { MOST_HANDED, reachSchema, takerStateSchema } from "../domain/releases/stage.ts";
import { releaseSchema } from "../domain/releases/manifest.ts";
import { versionSchema } from "../domain/releases/version.ts";

/** Where a terminal asks for its next version; the file of one is at `<path>/<version>`. With its token, as for files. */
export const RELEASES_PATH = "/api/releases";

/** What a terminal runs, and how it stands to a release that it was offered. */
export const releaseAskSchema = z.object({
  version: versionSchema,
  stands: z.object({ version: versionSchema, state: takerStateSchema }).nullable(),
  /** What is installed and did not come up. */
  failed: z.array(versionSchema).max(20),
});
export type ReleaseAsk = z.infer<typeof releaseAskSchema>;

/** null: nothing newer for this terminal. */
export const releaseOfferSchema = z.object({ release: releaseSchema.nullable() });

/** How many terminals of a hall stand how to a release. */
export const standsSchema = z.partialRecord(takerStateSchema, z.int().min(0).max(100_000));
export type Stands = z.infer<typeof standsSchema>;

/** A hall tells its city how far its terminals are, all of it each time, and hears what is for it. */
export const hallReleasesSchema = z.object({
  stands: z.array(z.object({ version: versionSchema, states: standsSchema })).max(MOST_HANDED),
});
export type HallStands = z.infer<typeof hallReleasesSchema>["stands"];
export const handedReleasesSchema = z.object({
  releases: z.array(releaseSchema.extend({ reach: reachSchema, isHalted: z.boolean() })).max(MOST_HANDED),
});
export type HandedReleases = z.infer<typeof handedReleasesSchema>;
