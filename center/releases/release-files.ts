import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chown, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Manifest } from "../../shared/domain/releases/manifest.ts";
import { syncFolder } from "../durable-file.ts";

/** Longer than the slowest line takes for a file: what is older is of a try that was cut off. */
const PART_MS = 24 * 3_600_000;

/** The SHA-512 of a stream's bytes, base64. */
export const sha512Of = async (stream: Readable): Promise<string> => {
  const hash = createHash("sha512");
  await pipeline(stream, hash);
  return hash.digest("base64");
};

const isLeft = async (part: string): Promise<boolean> => {
  const found = await stat(part).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > PART_MS;
};

/**
 * The files of releases, in a folder beside the database: a hundred megabytes that anybody can get again have no place in it and in
 * its backups. Centers on several machines share the folder, or each takes what it has.
 */
export class ReleaseFiles {
  private readonly folder: string;

  constructor(private readonly dataDir: string) {
    this.folder = join(dataDir, "releases");
  }

  pathOf(version: string): string {
    return join(this.folder, `${version}.tar.gz`);
  }

  async has({ version, size }: Pick<Manifest, "version" | "size">): Promise<boolean> {
    const found = await stat(this.pathOf(version)).catch(() => undefined);
    return found?.size === size;
  }

  /** Keeps a file under its version once every byte is the one of the manifest. @throws when it is another, or cut off */
  async put({ version, size, sha512 }: Manifest, content: Readable): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    // Two centers that share the folder may fetch the same one at once.
    const part = `${this.pathOf(version)}.${randomUUID()}.part`;
    try {
      let bytes = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          done(bytes > size ? new Error(`the file of ${version} is longer than its manifest says`) : null, chunk);
        },
      });
      await pipeline(content, counted, createWriteStream(part, { mode: 0o644 }));
      if ((await sha512Of(createReadStream(part))) !== sha512)
        throw new Error(`the file of ${version} is not the one that its manifest names`);
      const handle = await open(part, "r");
      await handle.sync();
      await handle.close();
      await this.giveToCenter(part);
      await rename(part, this.pathOf(version));
      await syncFolder(this.folder);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Makes room: takes away the files of all versions but these, and what tries that were cut off have left. */
  async keepOnly(versions: readonly string[]): Promise<void> {
    const kept = new Set(versions.map((version) => basename(this.pathOf(version))));
    for (const name of await readdir(this.folder).catch(() => [])) {
      const file = join(this.folder, name);
      if (name.endsWith(".tar.gz") ? !kept.has(name) : name.endsWith(".part") && (await isLeft(file)))
        await rm(file, { force: true });
    }
  }

  /** A command that root has given leaves nothing behind that the center could not change. */
  private async giveToCenter(part: string): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(this.dataDir);
    for (const made of [this.folder, part]) await chown(made, uid, gid);
  }
}
