import type { Environment } from "../store/environment.ts";

const SAMPLES_KEPT = 8;

interface Sample {
  readonly roundTrip: number;
  readonly offset: number;
}

/**
 * The hall's time on this terminal: a clock that cannot jump while the program runs, plus the offset measured against the
 * node. Nobody who turns the terminal's clock changes an order or an expiry (I12).
 */
export class HallClock {
  private readonly wallAtStart: number;
  private samples: Sample[] = [];
  private offset = 0;

  constructor(private readonly environment: Pick<Environment, "wallNow" | "monotonicNow">) {
    this.wallAtStart = environment.wallNow() - environment.monotonicNow();
  }

  /** Milliseconds since 1970 UTC. */
  now(): number {
    return Math.round(this.local() + this.offset);
  }

  /** Starts from what was measured before the restart; the terminal's clock may have been wrong for years. */
  assume(offset: number): void {
    if (this.samples.length === 0) this.offset = offset;
  }

  /** Hall time minus this terminal's wall clock, milliseconds. */
  get measured(): number {
    return this.offset;
  }

  /**
   * An answer of the node. The one with the shortest way of the last few is believed: what a message waited on its way
   * is all on one side.
   * @param sentAt monotonic time at which the question left
   * @param nodeNow the node's time in its answer
   */
  sample(sentAt: number, nodeNow: number): void {
    const arrivedAt = this.environment.monotonicNow();
    const roundTrip = Math.max(0, arrivedAt - sentAt);
    const offset = nodeNow + roundTrip / 2 - (this.wallAtStart + arrivedAt);
    this.samples = [...this.samples, { roundTrip, offset }].slice(-SAMPLES_KEPT);
    this.offset = this.samples.reduce((best, each) => (each.roundTrip < best.roundTrip ? each : best)).offset;
  }

  /** Forgets the samples, e.g. after a sleep in which the monotonic clock stood still. */
  restart(): void {
    this.samples = [];
  }

  private local(): number {
    return this.wallAtStart + this.environment.monotonicNow();
  }
}
