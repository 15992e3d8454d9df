import { err, ok, type Result } from "../../../shared/basics/result.ts";
import {
  BLOCK_BYTES,
  findFileType,
  MAX_FILE_BYTES,
  MAX_PART_BLOCKS,
  type FileType,
} from "../../../shared/domain/files/file.ts";
import type { Environment, WindowChannel } from "../environment.ts";
import { liveValue, sameMembers, type Source } from "../live.ts";
import { reasonOf } from "../reason-of.ts";
import { within } from "../within.ts";
import type { Sealer } from "../seal.ts";
import type { SessionKeeper } from "../session-keeper.ts";
import type { Connection, Live } from "../terminal.ts";
import { CenterFiles, hexOf } from "./center-files.ts";
import { FilesDatabase, filesDatabaseName, PIECE_BYTES, placeOfPiece, type FileRow } from "./files-db.ts";
import { noUploads, type Files, type KeepFault, type KeptFile, type ReadFault, type Uploads } from "./files.ts";
import { Uploader } from "./uploader.ts";

/** A center that is put back from an older backup gets the files of these days again. */
const KEPT_AFTER_SENT_MS = 7 * 86_400_000;
/** A file that is still being written after this long was left by a program that was ended. */
const WRITING_MS = 3_600_000;
const TIDY_MS = 3_600_000;

/** Long at the center, or never written to its end. */
const isPast = ({ state, sentAt, keptAt }: FileRow, now: number): boolean =>
  (sentAt !== null && sentAt < now - KEPT_AFTER_SENT_MS) || (state === "writing" && keptAt < now - WRITING_MS);
const FETCH_BYTES = 1024 * 1024;
const FETCH_TRIES = 4;

export interface FileShelfSetting {
  readonly nodeUrl: string;
  readonly deviceId: string;
  readonly session: Pick<SessionKeeper, "present">;
  readonly environment: Environment;
  readonly sealer: Sealer;
  readonly connection: Live<Connection>;
  readonly now: () => number;
}

/** The files of this terminal. Costs nothing until a screen keeps or reads one, or this window begins to send. */
export class FileShelf implements Files {
  readonly uploads: Source<Uploads> = liveValue<Uploads>(noUploads, sameMembers);
  private readonly center: CenterFiles;
  private readonly uploader: Uploader;
  private readonly channel: WindowChannel;
  private opening: Promise<FilesDatabase> | null = null;
  private rows = new Map<string, FileRow>();
  private readonly left = new Map<string, number>();
  private readonly stops: (() => void)[] = [];
  private leads = false;
  private closed = false;
  private opened: { readonly place: string; readonly bytes: Uint8Array<ArrayBuffer> } | null = null;

  constructor(private readonly setting: FileShelfSetting) {
    const { environment, connection, deviceId } = setting;
    this.center = new CenterFiles(setting);
    this.uploader = new Uploader({
      center: this.center,
      environment,
      isOnline: () => this.leads && connection.get().link === "online",
      outbox: () => connection.get().outbox,
      next: () => this.nextWaiting(),
      read: (file, block, blocks) => this.readPart(file, block, blocks),
      progress: (file, bytesLeft) => {
        this.left.set(file.hash, bytesLeft);
        this.show();
      },
      sent: async (file, ms) => {
        environment.log("files.sent", { bytes: file.size, ms: Math.round(ms) });
        await this.change(file.hash, { state: "sent", sentAt: setting.now(), fault: null });
      },
      refused: async (file, code) => {
        environment.log("files.refused", { code });
        await this.change(file.hash, { state: "refused", fault: code });
      },
    });
    this.channel = environment.openChannel(`service-hall-files-${deviceId}`);
    this.channel.listen(() => void this.reload());
  }

  /** This window sends from now on. */
  lead(): void {
    if (this.leads || this.closed) return;
    this.leads = true;
    let link: Connection["link"] = "starting";
    this.stops.push(
      this.setting.connection.subscribe(() => {
        const before = link;
        link = this.setting.connection.get().link;
        if (link === "online" && before !== "online") this.uploader.wake();
      }),
    );
    this.setting.environment.whenIdle(() => void this.tidy());
  }

  /** The center may have lost what it had acknowledged: everything that is still here is offered again. */
  async offerAgain(): Promise<void> {
    if (!this.leads) return;
    try {
      const db = await this.open();
      await db.files.where("state").equals("sent").modify({ state: "waiting", sentAt: null });
      await this.reload();
    } catch (error) {
      this.fault("offerAgain", error);
    }
  }

  async keep(content: Blob | Uint8Array<ArrayBuffer>): Promise<Result<KeptFile, KeepFault>> {
    const size = content instanceof Blob ? content.size : content.length;
    if (size === 0) return err("empty");
    if (size > MAX_FILE_BYTES) return err("too_large");
    const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
    const type = findFileType(bytes);
    if (type === undefined) return err("wrong_type");
    try {
      const hash = hexOf(await this.setting.environment.crypto.subtle.digest("SHA-256", bytes));
      await this.write(hash, bytes, type);
      return ok({ hash, size, type });
    } catch (error) {
      this.fault("keep", error);
      return err(isQuota(error) ? "disk_full" : "not_kept");
    }
  }

  async read(hash: string): Promise<Result<Uint8Array<ArrayBuffer>, ReadFault>> {
    try {
      const row = await (await this.open()).files.get(hash);
      if (row !== undefined && row.state !== "writing") return ok(await this.readWhole(row));
    } catch (error) {
      // The center may still have it.
      this.fault("read", error);
    }
    return this.readFromCenter(hash);
  }

  progressOf(hash: string): number {
    const row = this.rows.get(hash);
    if (row === undefined || row.state === "sent") return 1;
    return 1 - (this.left.get(hash) ?? row.size) / row.size;
  }

  close(): void {
    this.closed = true;
    this.uploader.close();
    for (const stop of this.stops) stop();
    this.channel.close();
    void this.opening?.then((db) => db.close()).catch(() => undefined);
  }

  private async open(): Promise<FilesDatabase> {
    this.opening ??= this.openDatabase().catch((error: unknown) => {
      this.opening = null;
      this.uploads.set({ ...this.uploads.get(), storeFault: true });
      throw error;
    });
    const db = await this.opening;
    // Chromium closes a database whose files cannot be written, and opens it again only when it is asked to.
    if (!db.isOpen() && !this.closed) await within(db.open(), this.setting.environment);
    return db;
  }

  private async openDatabase(): Promise<FilesDatabase> {
    const { environment, deviceId } = this.setting;
    const db = new FilesDatabase(filesDatabaseName(deviceId), environment);
    await within(db.open(), environment);
    this.rows = new Map((await db.files.toArray()).map((row) => [row.hash, row]));
    this.show();
    return db;
  }

  private async write(hash: string, bytes: Uint8Array<ArrayBuffer>, type: FileType): Promise<void> {
    const { sealer, now, environment } = this.setting;
    const db = await this.open();
    const known = await within(db.files.get(hash), environment);
    // What was refused or left half-written is written anew: it may have been damaged here.
    if (known?.state === "waiting" || known?.state === "sent") return;
    const row: FileRow = { hash, size: bytes.length, type, state: "writing", keptAt: now(), sentAt: null, fault: null };
    await within(db.files.put(row), environment);
    for (let piece = 0; piece * PIECE_BYTES < bytes.length; piece += 1) {
      const part = bytes.slice(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
      const sealed = await sealer.sealBytes(placeOfPiece(hash, piece), part);
      await within(db.pieces.put({ hash, piece, sealed }), environment);
    }
    await this.change(hash, { state: "waiting" });
  }

  private async change(hash: string, change: Partial<FileRow>): Promise<void> {
    const db = await this.open();
    await within(db.files.update(hash, change), this.setting.environment);
    const row = await db.files.get(hash);
    if (row) this.rows.set(hash, row);
    this.left.delete(hash);
    this.show();
    this.channel.post("changed");
    this.uploader.wake();
  }

  private async reload(): Promise<void> {
    if (this.opening === null && !this.leads) return;
    try {
      const db = await this.open();
      this.rows = new Map((await db.files.toArray()).map((row) => [row.hash, row]));
      this.show();
      this.uploader.wake();
    } catch (error) {
      this.fault("reload", error);
    }
  }

  private show(): void {
    let [waiting, bytesLeft, bytesTotal, refused] = [0, 0, 0, 0];
    for (const row of this.rows.values()) {
      if (row.state === "refused") refused += 1;
      if (row.state !== "waiting") continue;
      waiting += 1;
      bytesTotal += row.size;
      bytesLeft += this.left.get(row.hash) ?? row.size;
    }
    this.uploads.set({ waiting, bytesLeft, bytesTotal, refused, storeFault: false });
  }

  private async nextWaiting(): Promise<FileRow | undefined> {
    const waiting = await (await this.open()).files.where("state").equals("waiting").toArray();
    return waiting.sort((left, right) => left.keptAt - right.keptAt)[0];
  }

  private async readPiece(file: FileRow, piece: number): Promise<Uint8Array<ArrayBuffer>> {
    const place = placeOfPiece(file.hash, piece);
    if (this.opened?.place === place) return this.opened.bytes;
    const row = await (await this.open()).pieces.get([file.hash, piece]);
    if (!row) throw new Error(`piece ${place} is missing`);
    const bytes = await this.setting.sealer.openBytes(place, row.sealed);
    this.opened = { place, bytes };
    return bytes;
  }

  private async readPart(
    file: FileRow,
    block: number,
    blocks: number,
  ): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly sum: string }> {
    const piece = await this.readPiece(file, Math.floor(block / MAX_PART_BLOCKS));
    const from = (block % MAX_PART_BLOCKS) * BLOCK_BYTES;
    // A copy: what is left of the piece must not be sent along.
    const bytes = piece.slice(from, from + blocks * BLOCK_BYTES);
    const sum = hexOf(await this.setting.environment.crypto.subtle.digest("SHA-256", bytes));
    return { bytes, sum };
  }

  private async readWhole(file: FileRow): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(file.size);
    for (let piece = 0; piece * PIECE_BYTES < file.size; piece += 1)
      whole.set(await this.readPiece(file, piece), piece * PIECE_BYTES);
    this.opened = null;
    return whole;
  }

  private async readFromCenter(hash: string): Promise<Result<Uint8Array<ArrayBuffer>, ReadFault>> {
    const { environment } = this.setting;
    let whole: Uint8Array<ArrayBuffer> | null = null;
    let at = 0;
    let tries = 0;
    while (whole === null || at < whole.length) {
      const part = await this.center.fetch(hash, at, at + FETCH_BYTES);
      if (!part.ok) {
        if (part.error.code === "no_clerk") return err("no_clerk");
        if (part.error.code !== "unavailable") return err("unknown");
        tries += 1;
        if (tries >= FETCH_TRIES || this.setting.connection.get().link !== "online") return err("offline");
        await new Promise<void>((resolve) => void environment.after(200 * tries, resolve));
        continue;
      }
      whole ??= new Uint8Array(Math.min(part.value.size, MAX_FILE_BYTES));
      if (part.value.bytes.length === 0 || at + part.value.bytes.length > whole.length) return err("damaged");
      whole.set(part.value.bytes, at);
      at += part.value.bytes.length;
    }
    const digest = hexOf(await environment.crypto.subtle.digest("SHA-256", whole));
    return digest === hash ? ok(whole) : err("damaged");
  }

  /** Forgets what has long been at the center and what was never written to its end, then sends what waits. */
  private async tidy(): Promise<void> {
    if (this.closed) return;
    try {
      const db = await this.open();
      const now = this.setting.now();
      for (const { hash } of await db.files.toArray())
        // Looked at again under the lock: the same file may have been kept anew meanwhile.
        await db.transaction("rw", db.files, db.pieces, async () => {
          const row = await db.files.get(hash);
          if (row === undefined || !isPast(row, now)) return;
          await db.pieces.where("[hash+piece]").between([hash, 0], [hash, Number.MAX_SAFE_INTEGER]).delete();
          await db.files.delete(hash);
        });
      await this.reload();
    } catch (error) {
      this.fault("tidy", error);
    }
    if (!this.isClosed()) this.stops.push(this.setting.environment.after(TIDY_MS, () => void this.tidy()));
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private fault(name: string, error: unknown): void {
    this.setting.environment.log("store.fault", { name: `files ${name}`, message: reasonOf(error) });
  }
}

const isQuota = (error: unknown): boolean => {
  const { name, inner } = error as { readonly name?: string; readonly inner?: { readonly name?: string } };
  return name === "QuotaExceededError" || inner?.name === "QuotaExceededError";
};
