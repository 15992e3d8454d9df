import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import { call, openTerminalWindow, start, terminalPage, untilSent } from "./window.ts";

/** Acts that one life of the terminal does on average. */
const ACTS_PER_LIFE = 40;

/**
 * A kiosk in a real Electron is killed again and again while it writes, sends, gets answers and stores them; the node is
 * killed now and then too. What it told the person it had kept is in the node's books in the end, once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { random, acts } = context;
  const { node, ready, device } = await startKioskHall(context);
  const userData = await context.tempFolder("terminal");
  const page = await terminalPage(context);
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const lives = Math.max(3, Math.round(acts / ACTS_PER_LIFE));
  const openWindow = () => openTerminalWindow(context, { userData, page, onConfirmed: (id) => confirmed.add(id) });
  for (let life = 0; life < lives; life += 1) {
    const window = await openWindow();
    await call(window, "open", { url: ready.url, device });
    await start(window, "work");
    const already = confirmed.size;
    const until = Date.now() + 10_000;
    while (confirmed.size < already + 2 && Date.now() < until) await new Promise((done) => setTimeout(done, 5));
    if (confirmed.size < already + 2) faults.push(`life ${String(life)}: nothing was kept within 10 s`);
    if (random.next() < 0.3) node.kill();
    await new Promise((done) => setTimeout(done, random.between(10, 600)));
    await window.kill();
  }
  const window = await openWindow();
  await call(window, "open", { url: ready.url, device });
  const status = await untilSent(window, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.stalled) faults.push("says that it is stalled");
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: { kills: lives, nodeRestarts: node.restarts, confirmed: confirmed.size, events: checked.books.head },
  };
};

export const killedTerminal: Scenario = {
  id: "F01 F02",
  title: "a terminal is killed while it writes, sends and stores",
  run,
};
