import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskOnDisk } from "./kiosk-hall.ts";
import {
  call,
  start,
  untilKept,
  untilSent,
  untilTold,
  tryOn,
  type TerminalStatus,
  type TerminalWindow,
} from "./window.ts";

/** Within this the kiosk works again by itself once there is room: it tries every five seconds, and Chromium may have to be asked from a new page. */
const WELL_AGAIN_MS = 60_000;

/** Waits until the kiosk keeps something again. Its page may begin anew meanwhile; then its store is opened as the program would. */
const untilWell = async (
  window: TerminalWindow,
  openStore: () => Promise<void>,
): Promise<{ ms: number; anew: boolean }> => {
  const since = Date.now();
  let anew = false;
  while (Date.now() - since < WELL_AGAIN_MS) {
    const status = await call<TerminalStatus | null>(window, "statusOrNull").catch(() => undefined);
    if (status === null) {
      anew = true;
      await openStore();
    } else if (
      status?.storeFault === null &&
      (await call(window, "actOnce").then(
        () => true,
        () => false,
      ))
    )
      return { ms: Date.now() - since, anew };
    await new Promise((done) => setTimeout(done, 200));
  }
  return { ms: -1, anew };
};

/**
 * The disk of a kiosk fills up while it works without its node. It says that it keeps nothing and confirms nothing that it does not keep; it works again by
 * itself once there is room, and everything that it had confirmed arrives once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { node, ready, disk, confirmed, first, openStore } = await startKioskOnDisk(context, true);
  const faults: string[] = [];
  await untilKept(confirmed, 10);
  await node.stop();
  if (!(await untilKept(confirmed, context.random.between(10, 60)))) faults.push("nothing was kept without the node");
  const free = disk.fill();
  const told = await untilTold(first);
  if (told === null) faults.push("a full disk was not told");
  const atFailure = confirmed.size;
  const kept = await tryOn(first, 5);
  if (kept > 0) faults.push(`confirmed ${String(kept)} acts on a full disk`);
  free();
  const well = await untilWell(first, () => openStore(first));
  if (well.ms < 0) {
    const { storeFault } = await call<TerminalStatus>(first, "status");
    faults.push(`keeps nothing although there is room again: ${storeFault ?? "and does not say so"}`);
  }
  await node.again();
  await start(first, "work");
  await untilKept(confirmed, 10);
  await call(first, "rest");
  const status = await untilSent(first, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.storeFault !== null) faults.push(`still says ${status.storeFault}`);
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: {
      confirmed: confirmed.size,
      atFailure,
      told: told ?? "",
      wellAfterMs: well.ms,
      pageBegunAnew: well.anew ? 1 : 0,
    },
  };
};

export const fullTerminalDisk: Scenario = {
  id: "F10",
  title: "the disk of a terminal fills up",
  isLong: true,
  impossible: () => LoopDisk.impossible(),
  run,
};
