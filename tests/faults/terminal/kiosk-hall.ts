import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { testPlan } from "../../helpers/center.ts";
import { HallNode, type NodeReady } from "../harness/hall-node.ts";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext } from "../harness/scenario.ts";

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

/** A disk of the kiosk's own that can fail, with an empty folder for its data; it goes with the scenario. */
export const newKioskDisk = async (context: FaultContext): Promise<{ disk: LoopDisk; userData: string }> => {
  const disk = LoopDisk.create(await context.tempFolder("disk"), "terminal", 256);
  context.defer(() => disk.remove());
  const userData = join(disk.path, "data");
  mkdirSync(userData);
  return { disk, userData };
};
