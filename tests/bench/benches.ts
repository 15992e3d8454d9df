import { scanUpload } from "./files/scan-upload.ts";
import { floor } from "./floor/floor.ts";
import { reviewDurable, reviewsAtOnce } from "./review/review-durable.ts";
import { mergePackage } from "./intake/merge-package.ts";
import type { Bench } from "./lib/bench.ts";
import { callToBoard, callToBoards } from "./screens/call-to-board.ts";
import { windowColdStart } from "./screens/cold-start.ts";
import { fullHall } from "./screens/full-hall.ts";
import { cityFirstPaint } from "./screens/city.ts";
import { heap } from "./screens/heap.ts";
import { intakeScreens } from "./screens/intake.ts";
import { kiosk5000 } from "./screens/kiosk-5000.ts";
import { kiosk30Days } from "./screens/kiosk-30-days.ts";
import { tapToNumber } from "./screens/tap-to-number.ts";
import { search } from "./search/search.ts";
import { sixWriters } from "./six-writers/six-writers.ts";
import { sync } from "./sync/sync.ts";

/** In the order in which they run. */
export const benches: readonly Bench[] = [
  floor,
  search,
  mergePackage,
  sixWriters,
  reviewDurable,
  reviewsAtOnce,
  tapToNumber,
  callToBoard,
  callToBoards,
  fullHall,
  windowColdStart,
  kiosk30Days,
  kiosk5000,
  heap,
  intakeScreens,
  cityFirstPaint,
  sync,
  scanUpload,
];
