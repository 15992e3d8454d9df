import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import { Watch } from "../watch.ts";
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
  private readonly lights: Watch;
  private readonly claims: Watch;

  constructor(
    hall: HallLog,
    readonly ledger: ReviewLedger,
    deps: LedgerDeps,
  ) {
    const onFault = (error: unknown): void =>
      deps.log.warn({ event: "reviews.scan_failed", hall: hall.hallId, err: error }, "tried again later");
    this.lights = new Watch(SCAN_MS, () => scanLights(hall, deps.clock(), deps.log), onFault);
    this.claims = new Watch(SCAN_MS, () => settleClaims(deps, hall, deps.clock()), onFault);
  }

  tick(): void {
    this.lights.tick();
    this.claims.tick();
  }

  /** Looks for the services of reviews by number. */
  settleSoon(): void {
    this.claims.lookNow();
  }

  async stop(): Promise<void> {
    await Promise.all([this.ledger.stop(), this.lights.stop(), this.claims.stop()]);
  }
}
