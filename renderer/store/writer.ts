import type { Transaction } from "dexie";
import type { HallDatabase } from "./db.ts";
import type { Environment } from "./environment.ts";
import { ANSWER_WITHIN_MS, SilentDatabaseError } from "./within.ts";

/** Something to write; runs inside a transaction and must await nothing but the database. */
export type WriteJob = (db: HallDatabase) => Promise<unknown>;

/** How long something that is not urgent waits for another write to go along with. */
const COMPANY_MS = 50;

/** Makes what is to be written; runs before the transaction is opened and may await anything, e.g. encrypt. */
export type PrepareJob = () => Promise<WriteJob>;

export type Hurry = "now" | "soon";

interface Ready {
  readonly job: WriteJob;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Waiting {
  readonly prepare: PrepareJob;
  readonly isUrgent: boolean;
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
  private stopWaiting: (() => void) | null = null;
  /** Something was asked of the database and given up, and it has not answered since. */
  private unanswered = false;
  private closed = false;

  constructor(
    private readonly db: HallDatabase,
    /** Told after each transaction: null when it went well. */
    private readonly outcome: (error: unknown) => void,
    private readonly environment: Pick<Environment, "after">,
  ) {}

  write(job: WriteJob): Promise<void> {
    return this.writePrepared(() => Promise.resolve(job), "now");
  }

  /**
   * Writes what takes time to make, in its place in the order.
   * @param hurry "soon", for what the node would give again: waits a moment for something urgent, so that what a person
   *   waits for is not behind a sync to disk that nobody waits for
   */
  writePrepared(prepare: PrepareJob, hurry: Hurry): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ prepare, isUrgent: hurry === "now", done, failed });
      if (this.running) return;
      if (hurry === "now") void this.run();
      else this.waitForCompany();
    });
  }

  /** Whether the database does not answer at all: what is to be written fails at once, for nobody should wait for it. */
  get isSilent(): boolean {
    return this.unanswered;
  }

  /** From now on nothing is written. */
  close(): void {
    this.closed = true;
  }

  /** Resolves when everything asked so far has been written or has failed. */
  settled(): Promise<void> {
    if (!this.running && this.waiting.length === 0) return Promise.resolve();
    const settled = new Promise<void>((done) => this.idle.push(done));
    if (!this.running) void this.run();
    return settled;
  }

  private waitForCompany(): void {
    this.stopWaiting ??= this.environment.after(COMPANY_MS, () => {
      this.stopWaiting = null;
      if (!this.running && this.waiting.length > 0) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    this.stopWaiting?.();
    this.stopWaiting = null;
    let isFirst = true;
    while (this.waiting.length > 0) {
      if (!isFirst && this.idle.length === 0 && !this.waiting.some(({ isUrgent }) => isUrgent)) break;
      isFirst = false;
      const jobs = await this.prepareAll(this.waiting.splice(0));
      if (jobs.length === 0) continue;
      if (await this.attempt(jobs, jobs.length > 1)) continue;
      // One that cannot be written must not take the others with it.
      for (const job of jobs) await this.attempt([job], false);
    }
    this.running = false;
    if (this.waiting.length > 0) return this.waitForCompany();
    for (const done of this.idle.splice(0)) done();
  }

  private async prepareAll(waiting: readonly Waiting[]): Promise<readonly Ready[]> {
    const ready: Ready[] = [];
    for (const { prepare, done, failed } of waiting) {
      try {
        ready.push({ job: await prepare(), done, failed });
      } catch (error) {
        this.outcome(error);
        failed(error);
      }
    }
    return ready;
  }

  private async attempt(jobs: readonly Ready[], mayRetry: boolean): Promise<boolean> {
    try {
      await this.transact(jobs);
    } catch (error) {
      if (mayRetry && !(error instanceof SilentDatabaseError)) return false;
      this.outcome(error);
      for (const { failed } of jobs) failed(error);
      return true;
    }
    this.outcome(null);
    for (const { done } of jobs) done();
    return true;
  }

  /**
   * All in one transaction. Rejects only when nothing of it is on the disk, nor will be.
   * @throws SilentDatabaseError when the database did not answer in time
   */
  private transact(jobs: readonly Ready[]): Promise<void> {
    if (this.unanswered) return Promise.reject(new SilentDatabaseError());
    return new Promise((done, fail) => {
      let begun: Transaction | undefined;
      let isGivenUp = false;
      const callOff = this.environment.after(ANSWER_WITHIN_MS, () => {
        // One that is being committed is only slow: it cannot be taken back, so it is waited for.
        if (begun && !takenBack(begun)) return;
        isGivenUp = true;
        this.unanswered = true;
        fail(new SilentDatabaseError());
      });
      const work = async (): Promise<void> => {
        await this.reopen();
        await this.db.transaction("rw", this.db.tables, (transaction) => {
          if (isGivenUp) throw new SilentDatabaseError();
          begun = transaction;
          return Promise.all(jobs.map(({ job }) => job(this.db)));
        });
      };
      const ended = (): void => {
        callOff();
        this.unanswered = false;
      };
      work().then(done, fail).finally(ended);
    });
  }

  /** Chromium closes a database whose files cannot be written, and opens it again only when it is asked to. */
  private async reopen(): Promise<void> {
    if (!this.closed && !this.db.isOpen()) await this.db.open();
  }
}

const takenBack = (transaction: Transaction): boolean => {
  try {
    transaction.abort();
    return true;
  } catch {
    return false;
  }
};
