import { cpSync } from "node:fs";
import { join } from "node:path";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import {
  call,
  openTerminalWindow,
  start,
  terminalPage,
  untilLeased,
  untilNotice,
  untilSent,
  type TerminalStatus,
} from "./window.ts";

/**
 * A terminal's disk is copied while the node is away, and both copies go on: a cloned image (F29), or one put back in time
 * (F28). Both give out numbers of the same lease. Nobody loses a place, no number stands twice, and it is said.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { node, ready, device } = await startKioskHall(context, 50);
  const page = await terminalPage(context);
  const userData = join(await context.tempFolder("terminal"), "data");
  const clonedData = join(await context.tempFolder("clone"), "data");
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const openWindow = (folder: string) =>
    openTerminalWindow(context, { userData: folder, page, onConfirmed: (id) => confirmed.add(id) });
  const workOffline = async (folder: string): Promise<void> => {
    const window = await openWindow(folder);
    await call(window, "open", { url: ready.url, device });
    const before = confirmed.size;
    await start(window, "work");
    while (confirmed.size < before + 5) await new Promise((done) => setTimeout(done, 10));
    await call(window, "rest");
    await window.close();
  };

  const first = await openWindow(userData);
  await call(first, "open", { url: ready.url, device });
  await untilLeased(first);
  await start(first, "work");
  while (confirmed.size < 5) await new Promise((done) => setTimeout(done, 10));
  await call(first, "rest");
  await untilSent(first, 10_000);
  await node.stop();
  await first.close();
  cpSync(userData, clonedData, { recursive: true });

  await workOffline(userData);
  await workOffline(clonedData);
  await node.again();
  const original = await openWindow(userData);
  await call(original, "open", { url: ready.url, device });
  await untilSent(original, 20_000);
  const clone = await openWindow(clonedData);
  await call(clone, "open", { url: ready.url, device });
  // They take the line from each other; both get rid of what they hold all the same.
  const statuses: TerminalStatus[] = [await untilSent(clone, 40_000), await untilSent(original, 40_000)];
  for (const status of statuses) if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (!(await untilNotice([original, clone], "device_twice", 60_000)))
    faults.push("nobody was told of the second terminal");
  const { books, faults: found } = await checkConfirmed(ready, confirmed);
  const told = books.state.anomalies.filter((anomaly) => anomaly.code === "number_already_taken").length;
  if (told === 0) faults.push("no anomaly tells of the numbers given twice");
  return {
    faults: [...faults, ...found.filter((fault) => !fault.startsWith("anomaly number_already_taken"))],
    figures: { confirmed: confirmed.size, numbersToldApart: told, events: books.head },
  };
};

export const clonedTerminal: Scenario = {
  id: "F28 F29",
  title: "a copied terminal goes on beside the original",
  run,
};
