import type { HallDatabase } from "./db.ts";

/** Something to write; runs inside a transaction and must await nothing but the database. */
export type WriteJob = (db: HallDatabase) => Promise<unknown>;

interface Waiting {
  readonly job: WriteJob;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes in the order of asking, one strict transaction at a time. What is asked while one is on its way shares the next,
 * because the sync to disk costs the same for one row as for a thousand.
 */
export class Writer {
  private waiting: Waiting[] = [];
  private running = false;
  private readonly idle: (() => void)[] = [];

  constructor(
    private readonly db: HallDatabase,
    /** Told after each transaction: null when it went well. */
    private readonly outcome: (error: unknown) => void,
  ) {}

  write(job: WriteJob): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ job, done, failed });
      if (!this.running) void this.run();
    });
  }

  /** Resolves when everything asked so far has been written or has failed. */
  settled(): Promise<void> {
    return this.running ? new Promise((done) => this.idle.push(done)) : Promise.resolve();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const jobs = this.waiting;
      this.waiting = [];
      if (await this.attempt(jobs, jobs.length > 1)) continue;
      // One that cannot be written must not take the others with it.
      for (const job of jobs) await this.attempt([job], false);
    }
    this.running = false;
    for (const done of this.idle.splice(0)) done();
  }

  private async attempt(jobs: readonly Waiting[], mayRetry: boolean): Promise<boolean> {
    try {
      await this.db.transaction("rw", this.db.tables, () => Promise.all(jobs.map(({ job }) => job(this.db))));
    } catch (error) {
      if (mayRetry) return false;
      this.outcome(error);
      for (const { failed } of jobs) failed(error);
      return true;
    }
    this.outcome(null);
    for (const { done } of jobs) done();
    return true;
  }
}
