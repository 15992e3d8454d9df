import type { CityFigures } from "./city/city-figures.ts";
import type { Database } from "./db/database.ts";
import type { CatalogueStore } from "./catalogue/catalogue-store.ts";
import type { FileStore } from "./files/file-store.ts";
import type { FleetCalls } from "./fleet/fleet-calls.ts";
import type { HallRegistry } from "./hall-registry.ts";
import type { PersonalBox } from "./identity/personal.ts";
import type { ReleaseStore } from "./releases/release-store.ts";
import type { ReviewCodes } from "./reviews/review-code.ts";
import type { ReviewLedgers } from "./reviews/review-ledgers.ts";
import type { OrderLedgers } from "./work-orders/order-ledger.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import type { TerminalLines } from "./routes/terminal-lines.ts";

/** Everything that the routes need; made once by `startCenter`. */
export interface CenterContext {
  readonly mode: "hall" | "city";
  readonly version: string;
  readonly database: Database;
  readonly halls: HallRegistry;
  readonly lines: TerminalLines;
  readonly catalogues: CatalogueStore;
  readonly personal: PersonalBox;
  readonly files: FileStore;
  /** Versions of the terminal's program, in stages. */
  readonly releases: ReleaseStore;
  readonly reviewCodes: ReviewCodes;
  readonly reviewLedgers: ReviewLedgers;
  readonly orderLedgers: OrderLedgers;
  /** At a city: what it counts of its halls. */
  readonly cityFigures: CityFigures | undefined;
  readonly fleetCalls: FleetCalls;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** Folder with the built screens, served under /app/; undefined: not served. */
  readonly rendererDir: string | undefined;
  /** Opens the demo end points to whoever knows it; undefined outside of the demo. */
  readonly demoSecret: string | undefined;
}
