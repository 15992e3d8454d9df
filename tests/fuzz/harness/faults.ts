import type { Random } from "../../helpers/random.ts";
import type { World } from "./world.ts";

/** What every kind of case works with. */
export interface FuzzContext {
  readonly world: World;
  readonly random: Random;
  /** Number of the case: with the seed it makes the same input again. */
  readonly number: number;
  /** Something that must never be; the input goes along so that it can be tried again. */
  readonly fault: (what: string, input: string) => void;
}
