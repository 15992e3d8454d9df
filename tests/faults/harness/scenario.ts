import type { Random } from "../../helpers/random.ts";

/** What a scenario works with; whatever it opens it gives to `defer`, so that it ends in any case. */
export interface FaultContext {
  readonly random: Random;
  readonly seed: number;
  /** How much is done: acts of a busy hall, rounds of kills in proportion. */
  readonly acts: number;
  readonly say: (line: string) => void;
  readonly defer: (undo: () => unknown) => void;
  /** An empty folder that the database's own user can reach. */
  readonly tempFolder: (name: string) => Promise<string>;
}

export interface FaultReport {
  /** Whatever does not hold; empty when the books balance. */
  readonly faults: readonly string[];
  /** Figures of the run, for the report. */
  readonly figures: Readonly<Record<string, number | string>>;
}

export interface Scenario {
  /** The scenarios and invariants of docs/faults.md that it covers. */
  readonly id: string;
  readonly title: string;
  /** Takes tens of seconds: not in the run of every change. */
  readonly isLong?: boolean;
  /** Why this machine cannot run it, or null. */
  readonly impossible?: () => string | null;
  readonly run: (context: FaultContext) => Promise<FaultReport>;
}
