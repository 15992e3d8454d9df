import { createHash } from "node:crypto";
import type { FileOffer, FileState } from "../../shared/contract/files.ts";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import { BLOCK_BYTES, blockCount, findFileType, missingRanges, type FileType } from "../../shared/domain/files/file.ts";
import type { Database } from "../db/database.ts";
import type { PersonalBox } from "../identity/personal.ts";
import type { Queryable } from "../log/store.ts";

/** A terminal sends one file after the other; this many begun and never ended are a broken one. */
const MAX_UNFINISHED = 20;
/** Blocks read from the database at once: 2 MB. */
const READ_AT_ONCE = 64;
/** Ranges that one person asks for within this time are one reading. */
const ONE_READING_MS = 10 * 60_000;
const ABANDONED_MS = 7 * 86_400_000;

/** What is known of a file. */
export interface FileInfo {
  readonly size: number;
  readonly type: FileType;
  readonly isComplete: boolean;
  /** Who announced it first. */
  readonly deviceId: string;
}

const placeOf = (hallId: string, hash: string, block: number): string => `${hallId}\nfile\n${hash}\n${String(block)}`;

/**
 * Files in encrypted blocks in the database: they are durable with its COMMIT, backed up with it, and every center on it
 * sees them. All acts may be repeated, in any order, from several connections.
 */
export class FileStore {
  constructor(
    private readonly database: Database,
    private readonly box: PersonalBox,
    private readonly clock: () => number,
  ) {}

  /** Announces a file, or asks how far it is. @returns an error when the terminal has too many unfinished ones */
  async offer(hallId: string, deviceId: string, offer: FileOffer): Promise<Result<FileState, "too_many">> {
    const known = await this.find(hallId, offer.hash);
    if (known) return ok(await this.stateOf(hallId, offer.hash, known));
    const { rows } = await this.database.query<{ open: number }>(
      "SELECT count(*)::integer AS open FROM files WHERE hall_id = $1 AND device_id = $2 AND completed_at IS NULL",
      [hallId, deviceId],
    );
    if ((rows[0]?.open ?? 0) >= MAX_UNFINISHED) return err("too_many");
    await this.database.query(
      "INSERT INTO files (hall_id, hash, size, type, device_id, began_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
      [hallId, offer.hash, offer.size, offer.type, deviceId, this.clock()],
    );
    return ok({ complete: false, missing: [[0, blockCount(offer.size)]] });
  }

  /**
   * Keeps some blocks of a file; those that are there already stay.
   * @param offset a multiple of the block size
   * @returns an error when the part does not fit the file
   */
  async putPart(
    hallId: string,
    hash: string,
    offset: number,
    bytes: Buffer,
  ): Promise<Result<null, "unknown" | "misfit">> {
    const file = await this.find(hallId, hash);
    if (!file) return err("unknown");
    const end = offset + bytes.length;
    const isWhole = end === file.size || (end < file.size && bytes.length % BLOCK_BYTES === 0);
    if (offset % BLOCK_BYTES !== 0 || bytes.length === 0 || !isWhole) return err("misfit");
    if (file.isComplete) return ok(null);
    const first = offset / BLOCK_BYTES;
    const boxes: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
      boxes.push(
        this.box.sealBytes(placeOf(hallId, hash, first + at / BLOCK_BYTES), bytes.subarray(at, at + BLOCK_BYTES)),
      );
    // One parameter for all blocks: an array of them would travel as hex digits.
    await this.database.query(
      `INSERT INTO file_blocks (hall_id, hash, block, box)
       SELECT $1, $2, $3::integer + n, substring($4::bytea FROM n * $5::integer + 1 FOR $5::integer)
       FROM generate_series(0, $6::integer - 1) AS n ON CONFLICT DO NOTHING`,
      [hallId, hash, first, Buffer.concat(boxes), boxes[0]?.length ?? 0, boxes.length],
    );
    return ok(null);
  }

  /**
   * Ends an upload: reads everything back and checks it. What proves wrong is thrown away, to be sent anew.
   * @returns "incomplete" with what is missing, "differs" when the whole has another hash, "type" when it is another kind
   */
  async complete(
    hallId: string,
    hash: string,
  ): Promise<Result<FileState, { readonly code: "unknown" | "differs" | "type" } | { readonly missing: number }>> {
    return this.database.transaction(async (client) => {
      const file = await this.find(hallId, hash, client, true);
      if (!file) return err({ code: "unknown" });
      if (file.isComplete) return ok({ complete: true, missing: [] });
      const state = await this.stateOf(hallId, hash, file, client);
      if (state.missing.length > 0)
        return err({ missing: state.missing.reduce((sum, [from, to]) => sum + to - from, 0) });
      const digest = createHash("sha256");
      let type: FileType | undefined;
      for await (const bytes of this.read(hallId, hash, 0, file.size, client)) {
        if (type === undefined) type = findFileType(bytes);
        digest.update(bytes);
      }
      const isRight = digest.digest("hex") === hash;
      if (!isRight || type !== file.type) {
        await this.drop(hallId, hash, client);
        return err({ code: isRight ? "type" : "differs" });
      }
      await client.query("UPDATE files SET completed_at = $3 WHERE hall_id = $1 AND hash = $2", [
        hallId,
        hash,
        this.clock(),
      ]);
      return ok({ complete: true, missing: [] });
    });
  }

  /** What is known of a file of this hall. */
  async find(
    hallId: string,
    hash: string,
    db: Queryable = this.database,
    isLocked = false,
  ): Promise<FileInfo | undefined> {
    const { rows } = await db.query<{
      size: number;
      type: FileType;
      completed_at: number | null;
      device_id: string;
    }>(
      `SELECT size, type, completed_at, device_id FROM files WHERE hall_id = $1 AND hash = $2 ${isLocked ? "FOR UPDATE" : ""}`,
      [hallId, hash],
    );
    const row = rows[0];
    if (!row) return undefined;
    const { size, type, device_id: deviceId } = row;
    return { size, type, isComplete: row.completed_at !== null, deviceId };
  }

  /** The bytes [from, to) of a file, a few blocks at a time. @throws when a box was changed */
  async *read(
    hallId: string,
    hash: string,
    from: number,
    to: number,
    db: Queryable = this.database,
  ): AsyncGenerator<Buffer, void> {
    const last = blockCount(to);
    for (let next = Math.floor(from / BLOCK_BYTES); next < last; next += READ_AT_ONCE) {
      const { rows } = await db.query<{ block: number; box: Buffer }>(
        "SELECT block, box FROM file_blocks WHERE hall_id = $1 AND hash = $2 AND block >= $3 AND block < $4 ORDER BY block",
        [hallId, hash, next, Math.min(next + READ_AT_ONCE, last)],
      );
      const parts = rows.map(({ block, box }) => this.box.openBytes(placeOf(hallId, hash, block), box));
      const start = next * BLOCK_BYTES;
      yield Buffer.concat(parts).subarray(Math.max(0, from - start), Math.max(0, to - start));
    }
  }

  /** Notes that somebody reads a file: once for all the ranges that are asked for in one go. */
  async noteRead(hallId: string, hash: string, deviceId: string, clerkId: string): Promise<void> {
    const now = this.clock();
    await this.database.query(
      `INSERT INTO file_reads (hall_id, hash, at, device_id, clerk_id) SELECT $1, $2, $3, $4, $5
       WHERE NOT EXISTS (SELECT 1 FROM file_reads
         WHERE hall_id = $1 AND hash = $2 AND device_id = $4 AND clerk_id = $5 AND at > $6)`,
      [hallId, hash, now, deviceId, clerkId, now - ONE_READING_MS],
    );
  }

  /**
   * Throws away what was begun and has not come to its end for a week: the terminal that still has it announces it anew.
   * @returns how many files
   */
  async dropAbandoned(hallId: string): Promise<number> {
    const { rows } = await this.database.query<{ hash: string }>(
      "SELECT hash FROM files WHERE hall_id = $1 AND completed_at IS NULL AND began_at < $2",
      [hallId, this.clock() - ABANDONED_MS],
    );
    for (const { hash } of rows)
      await this.database.transaction(async (client) => {
        const file = await this.find(hallId, hash, client, true);
        if (file && !file.isComplete) await this.drop(hallId, hash, client);
      });
    return rows.length;
  }

  private async drop(hallId: string, hash: string, client: Queryable): Promise<void> {
    await client.query("DELETE FROM file_blocks WHERE hall_id = $1 AND hash = $2", [hallId, hash]);
    await client.query("DELETE FROM files WHERE hall_id = $1 AND hash = $2", [hallId, hash]);
  }

  private async stateOf(
    hallId: string,
    hash: string,
    file: FileInfo,
    db: Queryable = this.database,
  ): Promise<FileState> {
    if (file.isComplete) return { complete: true, missing: [] };
    const { rows } = await db.query<{ block: number }>(
      "SELECT block FROM file_blocks WHERE hall_id = $1 AND hash = $2",
      [hallId, hash],
    );
    return { complete: false, missing: missingRanges(file.size, new Set(rows.map(({ block }) => block))) };
  }
}
