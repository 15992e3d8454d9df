import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { scanLights } from "./light-scan.ts";
import type { ReviewLedger } from "./review-ledger.ts";

const SCAN_MS = 30_000;

/** What a hall needs done by itself about its reviews: the ledger follows the log, lights come on in time. */
export class ReviewDuty implements HallDuty {
  private nextScanAt = 0;
  private scanning: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly hall: HallLog,
    readonly ledger: ReviewLedger,
    private readonly log: Logger,
    private readonly clock: () => number,
  ) {}

  tick(): void {
    // By time that only goes forward: the wall clock may be set.
    if (performance.now() < this.nextScanAt) return;
    this.nextScanAt = performance.now() + SCAN_MS;
    this.scanning = this.scanning
      .then(() => scanLights(this.hall, this.clock(), this.log))
      .catch((error: unknown) => {
        this.log.warn({ event: "reviews.scan_failed", hall: this.hall.hallId, err: error }, "lights not looked at");
      });
  }

  async stop(): Promise<void> {
    await this.ledger.stop();
  }
}
