import type { HallDuty } from "../hall-registry.ts";
import type { Logger } from "../logger.ts";
import type { FileStore } from "./file-store.ts";

/** Seconds between two looks. */
const EVERY = 3_600;

/** Throws away uploads of a hall that nobody goes on with. */
export class UploadTidy implements HallDuty {
  private ticks = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly hallId: string,
    private readonly files: FileStore,
    private readonly log: Logger,
  ) {}

  tick(): void {
    this.ticks += 1;
    if (this.ticks % EVERY !== 1) return;
    this.running = this.files.dropAbandoned(this.hallId).then(
      (count) => {
        if (count > 0) this.log.info({ event: "files.abandoned", hall: this.hallId, count }, "uploads thrown away");
      },
      (error: unknown) => this.log.warn({ event: "files.tidy_failed", err: error }, "uploads could not be tidied"),
    );
  }

  stop(): Promise<void> {
    return this.running;
  }
}
