import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LoopDisk } from "../harness/loop-disk.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { confirmedSince } from "./confirmed-since.ts";
import { startKioskOnDisk } from "./kiosk-hall.ts";
import { call, openTerminalWindow, untilSent, type TerminalStatus } from "./window.ts";

const CONTROL_ROWS = 300;

/**
 * The power of a kiosk is cut while it works without its node, so that its disk alone holds what people were told. Nothing
 * confirmed is lost. A control written with Chromium's default durability must lose rows, or the cut was none.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { random } = context;
  const { node, ready, disk, page, confirmed, first, startAgain, openStore } = await startKioskOnDisk(context);
  const controlData = join(disk.path, "control");
  mkdirSync(controlData);
  const faults: string[] = [];
  while (confirmed.size < 20) await new Promise((done) => setTimeout(done, 10));
  await node.stop();
  const online = confirmed.size;
  // A profile of its own: databases of one origin share a log, and strict writes would save the control's.
  const loser = await openTerminalWindow(context, { userData: controlData, page });
  await call(loser, "control", 1);
  await new Promise((done) => setTimeout(done, random.between(500, 1_500)));
  const control = await call<number>(loser, "control", CONTROL_ROWS);
  const atCut = new Set(confirmed);
  disk.cutPower();
  await first.kill();
  await loser.kill();
  await disk.remount();
  const inFlight = confirmedSince(confirmed, atCut);
  faults.push(...inFlight.faults);
  if (atCut.size === online) faults.push("nothing was done without the node: the run proves nothing");

  await node.again();
  const second = await startAgain();
  await openStore(second);
  const status: TerminalStatus = await untilSent(second, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const loserAgain = await openTerminalWindow(context, { userData: controlData, page });
  const kept = await call<number>(loserAgain, "controlRows");
  if (kept >= control) faults.push(`the control kept all ${String(control)} rows: this power cut proves nothing`);
  const checked = await checkConfirmed(ready, confirmed, inFlight.acts);
  return {
    faults: [...faults, ...checked.faults],
    figures: {
      confirmed: atCut.size,
      withoutNode: atCut.size - online,
      inFlight: inFlight.acts.size,
      control: `${String(control - kept)} of ${String(control)} lost`,
    },
  };
};

export const terminalPowerCut: Scenario = {
  id: "F06",
  title: "the power of a terminal is cut while its node is away",
  impossible: () => LoopDisk.impossible(),
  run,
};
