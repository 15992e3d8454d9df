import { BLOCK_BYTES, bytesOfRanges, MAX_PART_BLOCKS, type BlockRange } from "../../../shared/domain/files/file.ts";
import { backOffMs } from "../../sync/back-off.ts";
import type { Environment } from "../environment.ts";
import type { CenterFault, CenterFiles } from "./center-files.ts";
import type { FileRow } from "./files-db.ts";

/** A request that took less makes the next one larger, one that took more makes it smaller. */
const QUICK_MS = 400;
const SLOW_MS = 1_500;
/** Acts of the clerk go first: a part waits for an empty outbox, but a stalled one does not hold up files for ever. */
const YIELD_STEP_MS = 100;
const YIELD_MOST_MS = 3_000;
/** The center does not know this terminal: asked again once a minute, as the sync does. */
const REJECTED_MS = 60_000;

/** The center will never take this file. */
const FINAL: readonly string[] = ["file_type_wrong", "too_large", "bad_request"];

export interface UploaderSetting {
  readonly center: CenterFiles;
  readonly environment: Pick<Environment, "after" | "monotonicNow" | "random">;
  readonly isOnline: () => boolean;
  /** Acts that wait for the node. */
  readonly outbox: () => number;
  /** The oldest file that waits. */
  readonly next: () => Promise<FileRow | undefined>;
  /** Bytes of a file from a block on, at most `blocks` of them, with their SHA-256. @throws when they are damaged */
  readonly read: (
    file: FileRow,
    block: number,
    blocks: number,
  ) => Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly sum: string }>;
  readonly progress: (file: FileRow, bytesLeft: number) => void;
  readonly sent: (file: FileRow, ms: number) => Promise<void>;
  readonly refused: (file: FileRow, code: string) => Promise<void>;
}

/** Sends one file after the other, in requests that fit the line. Whatever breaks, it asks what is missing and goes on. */
export class Uploader {
  private blocks = 1;
  private failures = 0;
  private running = false;
  /** Something has come while it was looking for the last time. */
  private again = false;
  private closed = false;
  private stopWait: () => void = () => undefined;

  constructor(private readonly setting: UploaderSetting) {}

  /** There may be something to send, or a line to send it on. */
  wake(): void {
    if (this.closed) return;
    this.again = true;
    if (this.running) return;
    this.stopWait();
    void this.run();
  }

  close(): void {
    this.closed = true;
    this.stopWait();
  }

  private async run(): Promise<void> {
    this.running = true;
    let pauseMs: number | null = null;
    try {
      while (this.again) {
        this.again = false;
        const file = this.mayGo ? await this.setting.next() : undefined;
        if (!file) continue;
        this.again = true;
        const fault = await this.upload(file);
        if (fault === null) {
          this.failures = 0;
          continue;
        }
        if (fault.code === "unauthorised") pauseMs = REJECTED_MS;
        else pauseMs = backOffMs(this.failures, this.setting.environment.random);
        this.failures += 1;
        break;
      }
    } catch {
      // The local database; the store tells of it. Asked again, as after any other failure.
      pauseMs = REJECTED_MS;
    }
    this.running = false;
    if (pauseMs !== null && !this.closed) this.stopWait = this.setting.environment.after(pauseMs, () => this.wake());
  }

  private get mayGo(): boolean {
    return !this.closed && this.setting.isOnline();
  }

  /** @returns null when nothing more is to be done for the file */
  private async upload(file: FileRow): Promise<CenterFault | null> {
    const { center, environment } = this.setting;
    const since = environment.monotonicNow();
    const { hash, size, type } = file;
    const offered = await center.offer({ hash, size, type });
    if (!offered.ok) return this.failed(file, offered.error);
    if (!offered.value.complete) {
      const fault = await this.sendRanges(file, offered.value.missing);
      if (fault === "damaged") return null;
      if (fault !== null) return this.failed(file, fault);
      const completed = await center.complete(hash);
      if (!completed.ok) return this.failed(file, completed.error);
    }
    await this.setting.sent(file, environment.monotonicNow() - since);
    return null;
  }

  private async failed(file: FileRow, fault: CenterFault): Promise<CenterFault | null> {
    if (!FINAL.includes(fault.code)) return fault;
    await this.setting.refused(file, fault.code);
    return null;
  }

  private async sendRanges(file: FileRow, missing: readonly BlockRange[]): Promise<CenterFault | "damaged" | null> {
    const { center, environment, read, progress } = this.setting;
    let left = bytesOfRanges(file.size, missing);
    progress(file, left);
    for (const [from, to] of missing) {
      let block = from;
      while (block < to) {
        await this.letActsGoFirst();
        if (!this.mayGo) return { code: "unavailable" };
        const part = await read(file, block, Math.min(this.blocks, to - block)).catch(() => null);
        if (part === null) {
          await this.setting.refused(file, "damaged");
          return "damaged";
        }
        const since = environment.monotonicNow();
        const sent = await center.send(file.hash, block, part.bytes, part.sum);
        if (!sent.ok) {
          this.blocks = Math.max(1, Math.floor(this.blocks / 4));
          return sent.error;
        }
        this.failures = 0;
        this.fit(environment.monotonicNow() - since);
        block += Math.ceil(part.bytes.length / BLOCK_BYTES);
        left -= part.bytes.length;
        progress(file, left);
      }
    }
    return null;
  }

  private fit(ms: number): void {
    if (ms < QUICK_MS) this.blocks = Math.min(MAX_PART_BLOCKS, this.blocks * 2);
    else if (ms > SLOW_MS) this.blocks = Math.max(1, Math.floor(this.blocks / 2));
  }

  private async letActsGoFirst(): Promise<void> {
    const { environment, outbox } = this.setting;
    const until = environment.monotonicNow() + YIELD_MOST_MS;
    while (!this.closed && outbox() > 0 && environment.monotonicNow() < until)
      await new Promise<void>((resolve) => void environment.after(YIELD_STEP_MS, resolve));
  }
}
