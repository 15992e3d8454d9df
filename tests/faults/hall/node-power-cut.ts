import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CommandResult } from "../../../shared/contract/api.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { testPlan } from "../../helpers/center.ts";
import { compareAnswers, readBooks } from "../harness/books.ts";
import { HallNode } from "../harness/hall-node.ts";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { newId } from "./hall-client.ts";

/** Cuts the power of a node under load. @returns how many acknowledged acts were lost, and what the log says */
const cut = async (
  context: FaultContext,
  name: string,
  postgresFlags: readonly string[],
): Promise<{ told: number; lost: number; faults: readonly string[] }> => {
  const disk = LoopDisk.create(await context.tempFolder("power"), name, 512);
  context.defer(() => disk.remove());
  const dataDir = join(disk.path, "data");
  mkdirSync(dataDir);
  chmodSync(disk.path, 0o755);
  chmodSync(dataDir, 0o755);
  const plan = hallPlanSchema.parse({ ...testPlan, settings: { ...testPlan.settings } });
  const devices = [{ role: "kiosk", counterId: null } as const, { role: "kiosk", counterId: null } as const];
  const { node, ready } = await HallNode.start({ dataDir, plan, devices, clerks: [], postgresFlags }, context.say);
  context.defer(() => node.killAll());
  const told = new Map<string, CommandResult>();
  let working = true;
  const work = ready.devices.map(async ({ deviceId, secret }) => {
    const client = await NodeClient.connect({ url: ready.url, deviceId, secret, folding: false });
    while (working) {
      try {
        const help = { helpId: newId(), place: "断电" };
        const result = await client.send("RequestHelp", help, { mode: "record" });
        told.set(result.commandId, result);
      } catch {
        return; // the power is gone
      }
    }
  });
  await new Promise((done) => setTimeout(done, context.random.between(700, 1500)));
  disk.cutPower();
  const acknowledged = new Map(told);
  working = false;
  await node.killAll();
  await Promise.all(work);
  await disk.remount();
  const again = await node.again();
  const books = await readBooks(again.databaseUrl, ready.hallId);
  const lost = compareAnswers(books, acknowledged);
  await node.stop();
  return { told: acknowledged.size, lost: lost.length, faults: books.faults };
};

const run = async (context: FaultContext): Promise<FaultReport> => {
  const ours = await cut(context, "node", []);
  const control = await cut(context, "control", ["-c", "synchronous_commit=off", "-c", "wal_writer_delay=10000ms"]);
  const faults = [...ours.faults, ...control.faults];
  if (ours.told === 0) faults.push("nothing was acknowledged before the cut: the run proves nothing");
  if (ours.lost > 0) faults.push(`${String(ours.lost)} of ${String(ours.told)} acknowledged acts were lost`);
  if (control.lost === 0) faults.push("the control with synchronous_commit=off lost nothing: this cut proves nothing");
  return {
    faults,
    figures: {
      acknowledged: ours.told,
      lost: ours.lost,
      control: `${String(control.lost)} of ${String(control.told)} lost`,
    },
  };
};

export const nodePowerCut: Scenario = {
  id: "F07",
  title: "the power of a node and its database is cut under load",
  impossible: () => LoopDisk.impossible(),
  run,
};
