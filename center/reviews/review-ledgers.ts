import type { Database } from "../db/database.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";
import { ReviewDuty } from "./review-duty.ts";
import { ReviewLedger, type OnReview } from "./review-ledger.ts";

/** The ledgers of the halls that are open here. */
export class ReviewLedgers {
  private readonly ledgers = new Map<string, ReviewLedger>();

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
    private readonly clock: () => number,
    private readonly onReview: OnReview,
  ) {}

  /** Begins what a hall needs done about its reviews. */
  open(hall: HallLog): HallDuty {
    const ledger = new ReviewLedger(hall, this.database, this.log, this.onReview);
    this.ledgers.set(hall.hallId, ledger);
    return new ReviewDuty(hall, ledger, this.log, this.clock);
  }

  /** Resolves when the hall's ledger holds everything that was committed before; at once for a hall that is not open. */
  async caughtUp(hallId: string): Promise<void> {
    await this.ledgers.get(hallId)?.caughtUp();
  }
}
