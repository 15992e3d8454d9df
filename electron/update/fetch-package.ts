import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import type { Manifest } from "../../shared/domain/releases/manifest.ts";

/** The name of a fetched package in its folder. */
export const PACKAGE = "package.tar.gz";

/** Gets the rest of a file from this byte on. */
export type GetFrom = (from: number) => Promise<Response>;

export type FetchFault = "unreachable" | "cut_off" | "tampered" | "disk";

const sha512Of = async (file: string): Promise<string> => {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64");
};

const bytesOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

/** By its hash: the rest of one release is never put behind the beginning of another. By user: who shares the folder cannot write to mine. */
export const partOf = (sha512: string): string => {
  const hash = createHash("sha256").update(sha512).digest("hex").slice(0, 16);
  return `${hash}-${String(process.getuid?.() ?? 0)}.part`;
};

/** Goes on behind what an earlier try has left, where the other side can; begins anew where it sends the whole. */
const fetchRest = async (part: string, size: number, getFrom: GetFrom): Promise<Result<void, FetchFault>> => {
  const before = await bytesOf(part);
  if (before === size) return ok(undefined);
  const from = before > size ? 0 : before;
  let answer: Response;
  try {
    answer = await getFrom(from);
  } catch {
    return err("unreachable");
  }
  if (!answer.ok || !answer.body) return err("unreachable");
  const isRest = from > 0 && answer.status === 206;
  let bytes = isRest ? from : 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > size ? new Error("more than was announced") : null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.fromWeb(answer.body as ReadableStream),
      limited,
      createWriteStream(part, { flags: isRest ? "a" : "w" }),
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Nothing is left lying on a disk that is full.
    if (code === "ENOSPC" || code === "EDQUOT" || code === "EACCES" || code === "EROFS") {
      await rm(part, { force: true });
      return err("disk");
    }
    if (bytes > size) {
      await rm(part, { force: true });
      return err("tampered");
    }
    return err("cut_off");
  }
  return bytes === size ? ok(undefined) : err("cut_off");
};

/**
 * Fetches the package of a release into `folder/package.tar.gz`, which is there only when every byte is the signed one. A try that
 * was cut off is gone on with by the next.
 */
export const fetchPackage = async (
  { sha512, size }: Pick<Manifest, "sha512" | "size">,
  folder: string,
  getFrom: GetFrom,
): Promise<Result<string, FetchFault>> => {
  await mkdir(folder, { recursive: true });
  const file = join(folder, PACKAGE);
  // Fetched before, and not installed: no reason to send a hundred megabytes again.
  if ((await bytesOf(file)) === size && (await sha512Of(file)) === sha512) return ok(file);
  const part = join(folder, partOf(sha512));
  const fetched = await fetchRest(part, size, getFrom);
  if (!fetched.ok) return fetched;
  if ((await sha512Of(part)) !== sha512) {
    await rm(part, { force: true });
    return err("tampered");
  }
  await rename(part, file);
  return ok(file);
};
