/** Looks at something again and again, one look after the other, the first one at once. */
export class Watch {
  private nextAt = 0;
  private looking: Promise<unknown> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly everyMs: number,
    private readonly look: () => Promise<unknown>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  tick(): void {
    // By time that only goes forward: the wall clock may be set.
    if (performance.now() < this.nextAt) return;
    this.nextAt = performance.now() + this.everyMs;
    this.lookNow();
  }

  /** Looks out of turn, after the look under way. */
  lookNow(): void {
    this.looking = this.looking.then(() => (this.isStopped ? undefined : this.look())).catch(this.onFault);
  }

  /** Ends with the look under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.looking;
  }
}
