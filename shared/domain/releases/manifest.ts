import { z } from "zod";
import { versionSchema } from "./version.ts";

/** The systems that terminals take releases on by themselves. */
export const platformSchema = z.enum(["linux"]);

/** What the release key signs: which file is the version. */
const manifestSchema = z.object({
  version: versionSchema,
  platform: platformSchema,
  /** Bytes of the file. */
  size: z.coerce.number().int().min(1).max(1_000_000_000),
  /** Of the file, base64. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST_MAX = 1_000;
/** An Ed25519 signature, base64. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

/** A release as it travels: the signed text as it is, to the byte, and its signature. */
export const releaseSchema = z.object({ manifest: z.string().max(MANIFEST_MAX), signature: signatureSchema });
export type Release = z.infer<typeof releaseSchema>;

/** The text that is signed: lines of `name: value`, because a shell script (packaging/install/install-update) reads it too. */
export const manifestText = ({ version, platform, size, sha512 }: Manifest): string =>
  `version: ${version}\nplatform: ${platform}\nsize: ${String(size)}\nsha512: ${sha512}\n`;

/** @returns undefined for a text that is not exactly what `manifestText` writes: nothing in it is read in two ways */
export const parseManifest = (text: string): Manifest | undefined => {
  const lines = text.split("\n").map((line) => /^(\w+): (.+)$/.exec(line)?.slice(1) ?? [line, ""]);
  const parsed = manifestSchema.safeParse(Object.fromEntries(lines) as unknown);
  return parsed.success && manifestText(parsed.data) === text ? parsed.data : undefined;
};
