import type { BenchResult } from "./measure.ts";

/** What every bench gets from the runner. */
export interface BenchContext {
  /** Repetitions of the long ones; medians are taken over them. */
  readonly rounds: number;
  readonly say: (text: string) => void;
  /** Registers what must be undone when the bench ends, in the reverse order. */
  readonly defer: (undo: () => unknown) => void;
  /** A folder of the bench's own that goes away at its end. */
  readonly tempFolder: (name: string) => Promise<string>;
}

export interface Bench {
  /** Ids of the rows it gives. */
  readonly ids: readonly string[];
  readonly run: (context: BenchContext) => Promise<readonly BenchResult[]>;
}
