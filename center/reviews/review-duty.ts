import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import { scanLights } from "./light-scan.ts";
import { settleClaims } from "./review-claims.ts";
import type { ReviewLedger } from "./review-ledger.ts";
import type { LedgerDeps } from "./review-ledgers.ts";

const SCAN_MS = 30_000;

/**
 * What a hall needs done by itself about its reviews: the ledger follows the log, lights come on in time, and reviews by
 * number find their service.
 */
export class ReviewDuty implements HallDuty {
  private nextScanAt = 0;
  private working: Promise<unknown> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly hall: HallLog,
    readonly ledger: ReviewLedger,
    private readonly deps: LedgerDeps,
  ) {}

  tick(): void {
    // By time that only goes forward: the wall clock may be set.
    if (performance.now() < this.nextScanAt) return;
    this.nextScanAt = performance.now() + SCAN_MS;
    this.soon(() => scanLights(this.hall, this.deps.clock(), this.deps.log));
    this.settleSoon();
  }

  /** Looks for the services of reviews by number, after whatever is being done. */
  settleSoon(): void {
    this.soon(() => settleClaims(this.deps, this.hall, this.deps.clock()));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.ledger.stop();
    await this.working;
  }

  private soon(work: () => Promise<unknown>): void {
    this.working = this.working
      .then(() => (this.isStopped ? undefined : work()))
      .catch((error: unknown) => {
        this.deps.log.warn({ event: "reviews.scan_failed", hall: this.hall.hallId, err: error }, "tried again later");
      });
  }
}
