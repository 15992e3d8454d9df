import { z } from "zod";
import { terminalRoleSchema } from "../domain/identity/roles.ts";
import { reachSchema, takerStateSchema } from "../domain/releases/stage.ts";
import { versionSchema } from "../domain/releases/version.ts";
import { standsSchema } from "./releases.ts";

/** What a desk asks about releases of the program, and orders. */
export const DESK_RELEASES_PATH = "/api/desk/releases";

const asker = { deviceId: z.string().max(64), secret: z.string().max(128), clerkId: z.string().max(64) };

export const deskReleasesSchema = z.object(asker);
export const stageReleaseSchema = z.object({ ...asker, version: versionSchema, reach: reachSchema });
export const haltReleaseSchema = z.object({ ...asker, version: versionSchema, isHalted: z.boolean() });

/** Halls and terminals by their names, to choose from and to read. */
const namedSchema = z.object({ id: z.string(), name: z.string() });

export const deskReleaseSchema = z.object({
  version: versionSchema,
  /** Bytes. */
  size: z.int(),
  addedAt: z.int(),
  reach: reachSchema,
  isHaltedHere: z.boolean(),
  /** By the city that handed it down. */
  isHaltedAbove: z.boolean(),
  fromCity: z.boolean(),
  /** Whether its file has come to this center; nobody gets it before. */
  isHere: z.boolean(),
  stands: standsSchema,
  /** Terminals of this hall that need a look. */
  troubled: z.array(z.object({ name: z.string(), state: takerStateSchema })),
});
export type DeskRelease = Readonly<z.infer<typeof deskReleaseSchema>>;

export const deskReleasesResponseSchema = z.object({
  releases: z.array(deskReleaseSchema),
  /** Of this hall. */
  terminals: z.array(namedSchema.extend({ role: terminalRoleSchema })),
  /** At a city. */
  halls: z.array(namedSchema),
});
export type DeskReleases = Readonly<z.infer<typeof deskReleasesResponseSchema>>;
