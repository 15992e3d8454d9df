import type pg from "pg";
import type { DomainEvent, EventType } from "../../shared/domain/hall/events.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import type { HallLog } from "./hall-log.ts";
import { readFedEvents } from "./store.ts";

const PAGE = 1_000;
const PAUSE_MS = 200;
const AFTER_FAILURE_MS = 5_000;

/** What is kept of a log beside it. */
export interface Kept {
  /** Table with where it stands: hall_id, epoch, seq. */
  readonly cursors: string;
  /** Tables that are emptied when the log is another one. */
  readonly tables: readonly string[];
  /** What `keep` knows: the rest of the log is not read. */
  readonly types: readonly EventType[];
  keep(client: pg.PoolClient, seq: number, event: DomainEvent): Promise<void>;
  /** Everything committed so far is kept. */
  onCaughtUp?(): void;
}

/**
 * Follows a hall's log and keeps what it tells in tables that figures and reports are read from. Behind the log by a
 * moment, so that an event is durable before anything is counted; where it stands is in the same transaction as what it
 * wrote, so that nothing is counted twice. When the log is another one, it begins anew.
 */
export class LogFollower {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly hall: HallLog,
    private readonly database: Database,
    private readonly log: Logger,
    private readonly kept: Kept,
  ) {
    hall.listen({ onBatch: () => this.wake(PAUSE_MS), onReset: () => this.wake(PAUSE_MS) });
    this.wake(0);
  }

  /** Resolves when everything committed so far is kept. */
  async caughtUp(): Promise<void> {
    this.working = this.working.then(() => this.follow());
    await this.working;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.working;
  }

  private wake(ms: number): void {
    if (this.isStopped || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.working = this.working
        .then(() => this.follow())
        .catch((error: unknown) => {
          const { cursors } = this.kept;
          this.log.warn({ event: "log.follow_failed", hall: this.hall.hallId, cursors, err: error }, "ledger waits");
          this.wake(AFTER_FAILURE_MS);
        });
    }, ms);
    this.timer.unref();
  }

  private async follow(): Promise<void> {
    while (!this.isStopped && (await this.page()));
    this.kept.onCaughtUp?.();
  }

  /** One stretch of the log. @returns whether there is more */
  private async page(): Promise<boolean> {
    const { hallId, head } = this.hall;
    const { cursors, tables, types } = this.kept;
    if (head.seq === 0) return false;
    return this.database.transaction(async (client) => {
      await client.query(`INSERT INTO ${cursors} (hall_id, epoch, seq) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`, [
        hallId,
        head.epoch,
      ]);
      const { rows } = await client.query<{ epoch: string; seq: number }>(
        `SELECT epoch, seq FROM ${cursors} WHERE hall_id = $1 FOR UPDATE`,
        [hallId],
      );
      let from = rows[0]?.seq ?? 0;
      if (rows[0]?.epoch !== head.epoch) {
        for (const table of tables) await client.query(`DELETE FROM ${table} WHERE hall_id = $1`, [hallId]);
        from = 0;
      }
      const to = Math.min(head.seq, from + PAGE);
      for (const { seq, event } of await readFedEvents(client, hallId, from, to, types))
        if (event) await this.kept.keep(client, seq, event);
      await client.query(`UPDATE ${cursors} SET epoch = $2, seq = $3 WHERE hall_id = $1`, [
        hallId,
        head.epoch,
        Math.max(from, to),
      ]);
      return to < head.seq;
    });
  }
}
