import type { Bench } from "./lib/bench.ts";
import { floor } from "./floor/floor.ts";
import { search } from "./search/search.ts";
import { sync } from "./sync.ts";

/** In the order in which they run. */
export const benches: readonly Bench[] = [floor, search, sync];
