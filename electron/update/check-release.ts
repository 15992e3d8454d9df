import { createPublicKey, verify } from "node:crypto";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { parseManifest, type Manifest, type Release } from "../../shared/domain/releases/manifest.ts";
import { compareVersions } from "../../shared/domain/releases/version.ts";

/** Why a release is not taken. */
export type ReleaseFault = "unsigned" | "wrong_manifest" | "not_newer";

/**
 * Whether a release may be fetched at all: whoever hands it out, hall or city, may be somebody else by now; the maker's key may not.
 * @param releaseKey PEM, Ed25519
 * @param newest version that is installed: an older one, or it again, is refused although it is signed
 */
export const checkRelease = (
  { manifest, signature }: Release,
  releaseKey: string,
  newest: string,
): Result<Manifest, ReleaseFault> => {
  const key = createPublicKey(releaseKey);
  if (key.asymmetricKeyType !== "ed25519") return err("unsigned");
  if (!verify(null, Buffer.from(manifest), key, Buffer.from(signature, "base64"))) return err("unsigned");
  const parsed = parseManifest(manifest);
  if (!parsed) return err("wrong_manifest");
  return compareVersions(parsed.version, newest) > 0 ? ok(parsed) : err("not_newer");
};
