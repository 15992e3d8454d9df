import { SeededRandom } from "../../shared/simulation/random.ts";

/** What faults and bad input are drawn from: the same seed gives the same run. */
export class Random {
  private readonly source: SeededRandom;

  constructor(seed: number) {
    this.source = new SeededRandom(seed);
  }

  /** In [0, 1). */
  next(): number {
    return this.source.next();
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(values: readonly T[]): T {
    const value = this.source.pick(values);
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }
}
