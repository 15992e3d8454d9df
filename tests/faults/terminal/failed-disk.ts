import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { confirmedSince } from "./confirmed-since.ts";
import { startKioskOnDisk } from "./kiosk-hall.ts";
import { tryOn, untilKept, untilSent, untilTold } from "./window.ts";

/** Acts that people try at a kiosk that has said that it keeps nothing. */
const TRIES = 10;

/**
 * The disk of a kiosk fails while it works without its node: it can only be read any more. The kiosk says so and confirms nothing that it cannot keep; it
 * starts again on the failed disk without an end in silence; and on the mended one everything that it had confirmed arrives once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { node, ready, disk, confirmed, first, startAgain, openStore } = await startKioskOnDisk(context);
  const faults: string[] = [];
  await untilKept(confirmed, 10);
  await node.stop();
  if (!(await untilKept(confirmed, context.random.between(10, 60)))) faults.push("nothing was kept without the node");
  const sound = new Set(confirmed);
  disk.turnReadOnly();
  const told = await untilTold(first);
  if (told === null) faults.push("a disk that can only be read was not told");
  const inFlight = confirmedSince(confirmed, sound);
  faults.push(...inFlight.faults);
  const afterwards = await tryOn(first, TRIES);
  if (afterwards > 0) faults.push(`confirmed ${String(afterwards)} acts after it had said that it keeps nothing`);
  await first.kill();

  const second = await startAgain();
  const opened = await openStore(second).then(
    () => untilTold(second),
    (error: unknown) => String(error),
  );
  if (opened === null) faults.push("started on the failed disk and says nothing");
  await second.kill();
  await disk.remount();
  await node.again();
  const third = await startAgain();
  await openStore(third);
  const status = await untilSent(third, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.storeFault !== null) faults.push(`still says ${status.storeFault}`);
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed, inFlight.acts);
  return {
    faults: [...faults, ...checked.faults],
    figures: { confirmed: sound.size, inFlight: inFlight.acts.size, told: told ?? "", opened: opened ?? "" },
  };
};

export const failedDisk: Scenario = {
  id: "F12",
  title: "the disk of a terminal can only be read any more",
  isLong: true,
  impossible: () => LoopDisk.impossible(),
  run,
};
