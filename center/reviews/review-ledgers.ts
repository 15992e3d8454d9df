import type { CenterContext } from "../context.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import { ReviewDuty } from "./review-duty.ts";
import { ReviewLedger, type LedgerFeeds } from "./review-ledger.ts";

export type LedgerDeps = Pick<CenterContext, "database" | "catalogues" | "personal" | "log" | "clock">;

/** The ledgers of the halls that are open here. */
export class ReviewLedgers {
  private readonly ledgers = new Map<string, ReviewLedger>();

  constructor(
    private readonly deps: LedgerDeps,
    private readonly feeds: LedgerFeeds,
  ) {}

  /** Begins what a hall needs done about its reviews. */
  open(hall: HallLog): HallDuty {
    const { database, log } = this.deps;
    const ledger = new ReviewLedger(hall, database, log, this.feeds, () => duty.settleSoon());
    const duty = new ReviewDuty(hall, ledger, this.deps);
    this.ledgers.set(hall.hallId, ledger);
    return duty;
  }

  /** Resolves when the hall's ledger holds everything that was committed before; at once for a hall that is not open. */
  async caughtUp(hallId: string): Promise<void> {
    await this.ledgers.get(hallId)?.caughtUp();
  }
}
