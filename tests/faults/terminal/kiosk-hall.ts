import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { testPlan } from "../../helpers/center.ts";
import { HallNode, type NodeReady } from "../harness/hall-node.ts";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext } from "../harness/scenario.ts";
import { call, openTerminalWindow, start, terminalPage, untilLeased, type TerminalWindow } from "./window.ts";

interface KioskHall {
  readonly node: HallNode;
  readonly ready: NodeReady;
  /** The kiosk's enrolment. */
  readonly device: EnrolResponse;
}

/**
 * A node with one kiosk; it ends with the scenario.
 * @param leaseSize numbers that the kiosk holds for the time without its node
 */
export const startKioskHall = async (context: FaultContext, leaseSize = 200): Promise<KioskHall> => {
  const plan = hallPlanSchema.parse({ ...testPlan, settings: { ...testPlan.settings, leaseSize } });
  const { node, ready } = await HallNode.start(
    { dataDir: await context.tempFolder("node"), plan, devices: [{ role: "kiosk", counterId: null }], clerks: [] },
    context.say,
  );
  context.defer(() => node.stop());
  const [device] = ready.devices;
  if (device === undefined) throw new Error("no terminal");
  return { node, ready, device };
};

interface KioskOnDisk extends KioskHall {
  /** A disk of the kiosk's own that can fail. */
  readonly disk: LoopDisk;
  /** What any window of terminals shows. */
  readonly page: string;
  /** The acts that people were told are kept. */
  readonly confirmed: ReadonlySet<string>;
  /** The kiosk at work on its disk. */
  readonly first: TerminalWindow;
  /** Starts the kiosk on its disk again, without opening its store. */
  readonly startAgain: () => Promise<TerminalWindow>;
  /** Opens the kiosk's store in a window of it. */
  readonly openStore: (window: TerminalWindow) => Promise<void>;
}

/**
 * A kiosk with a disk of its own, holding numbers for the time without its node, at work; all of it goes with the scenario.
 * @param mayBeginAnew its page may, as that of the program does when its database does not answer any more
 */
export const startKioskOnDisk = async (context: FaultContext, mayBeginAnew = false): Promise<KioskOnDisk> => {
  const hall = await startKioskHall(context);
  const disk = LoopDisk.create(await context.tempFolder("disk"), "terminal", 256);
  context.defer(() => disk.remove());
  const userData = join(disk.path, "data");
  mkdirSync(userData);
  const page = await terminalPage(context);
  const confirmed = new Set<string>();
  const around = mayBeginAnew ? { diskFreeMb: () => disk.freeMb() } : {};
  const startAgain = () =>
    openTerminalWindow(context, { userData, page, onConfirmed: (id) => confirmed.add(id), ...around });
  const openStore = (window: TerminalWindow) =>
    call<void>(window, "open", { url: hall.ready.url, device: hall.device });
  const first = await startAgain();
  await openStore(first);
  await untilLeased(first);
  await start(first, "work");
  return { ...hall, disk, page, confirmed, first, startAgain, openStore };
};
