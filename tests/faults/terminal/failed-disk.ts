import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { testPlan } from "../../helpers/center.ts";
import { HallNode } from "../harness/hall-node.ts";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import {
  call,
  openTerminalWindow,
  start,
  terminalPage,
  untilKept,
  untilLeased,
  untilSent,
  type TerminalStatus,
  type TerminalWindow,
} from "./window.ts";

const TOLD_MS = 20_000;

/** Waits until the terminal says that it can keep nothing. @returns what it says */
const untilTold = async (window: TerminalWindow): Promise<string | null> => {
  const until = Date.now() + TOLD_MS;
  for (;;) {
    const { storeFault } = await call<TerminalStatus>(window, "status");
    if (storeFault !== null || Date.now() > until) return storeFault;
    await new Promise((done) => setTimeout(done, 50));
  }
};

/**
 * The disk of a kiosk fails while it works without its node: it can only be read any more. The kiosk says so and confirms nothing that it cannot keep; it
 * starts again on the failed disk without an end in silence; and on the mended one everything that it had confirmed arrives once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const plan = hallPlanSchema.parse({ ...testPlan, settings: { ...testPlan.settings, leaseSize: 200 } });
  const { node, ready } = await HallNode.start(
    { dataDir: await context.tempFolder("node"), plan, devices: [{ role: "kiosk", counterId: null }], clerks: [] },
    context.say,
  );
  context.defer(() => node.stop());
  const device = ready.devices[0];
  const disk = LoopDisk.create(await context.tempFolder("failed"), "terminal", 256);
  context.defer(() => disk.remove());
  const userData = join(disk.path, "data");
  mkdirSync(userData);
  const page = await terminalPage(context);
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const openWindow = () => openTerminalWindow(context, { userData, page, onConfirmed: (id) => confirmed.add(id) });

  const first = await openWindow();
  await call(first, "open", { url: ready.url, device });
  await untilLeased(first);
  await start(first, "work");
  await untilKept(confirmed, 10);
  await node.stop();
  if (!(await untilKept(confirmed, context.random.between(10, 60)))) faults.push("nothing was kept without the node");
  disk.turnReadOnly();
  const told = await untilTold(first);
  if (told === null) faults.push("a disk that can only be read was not told");
  const atFailure = confirmed.size;
  await first.kill();

  const second = await openWindow();
  const opened = await call(second, "open", { url: ready.url, device }).then(
    () => untilTold(second),
    (error: unknown) => String(error),
  );
  if (opened === null) faults.push("started on the failed disk and says nothing");
  await second.kill();
  disk.remount();
  await node.again();
  const third = await openWindow();
  await call(third, "open", { url: ready.url, device });
  const status = await untilSent(third, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.storeFault !== null) faults.push(`still says ${status.storeFault}`);
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: { confirmed: confirmed.size, atFailure, told: told ?? "", opened: opened ?? "" },
  };
};

export const failedDisk: Scenario = {
  id: "F12",
  title: "the disk of a terminal can only be read any more",
  isLong: true,
  impossible: () => LoopDisk.impossible(),
  run,
};
