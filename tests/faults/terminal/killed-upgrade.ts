import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import {
  call,
  openTerminalWindow,
  start,
  terminalPage,
  untilKept,
  untilLeased,
  untilSent,
  type TerminalStatus,
} from "./window.ts";

const ROUNDS = 4;
/** An upgrade of a kiosk's full outbox takes longer than this. */
const LONGEST_WAIT_MS = 250;

const untilSo = async (isSo: () => boolean): Promise<void> => {
  const until = Date.now() + 20_000;
  while (!isSo() && Date.now() < until) await new Promise((done) => setTimeout(done, 2));
};

/**
 * A later program upgrades the database of a kiosk that holds many acts, and is killed in the middle of it, again and again. What waits is whole each time,
 * also for today's program, which is put back now and then; once an upgrade got through, today's program sends it from the later database.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { node, ready, device } = await startKioskHall(context);
  const { deviceId } = device;
  const userData = await context.tempFolder("terminal");
  const page = await terminalPage(context);
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const openToday = async () => {
    const window = await openTerminalWindow(context, { userData, page, onConfirmed: (id) => confirmed.add(id) });
    await call(window, "open", { url: ready.url, device });
    return window;
  };
  const first = await openToday();
  await untilLeased(first);
  await node.stop();
  await start(first, "work");
  await untilKept(confirmed, Math.min(150, context.acts));
  await call(first, "rest");
  await call(first, "settled");
  const { outbox } = await call<TerminalStatus>(first, "status");
  await first.kill();

  /** @returns whether it was killed before its end */
  const upgrade = async (version: number, isKilled: boolean): Promise<boolean> => {
    const said = new Set<string>();
    const window = await openTerminalWindow(context, { userData, page, onConfirmed: (what) => said.add(what) });
    const upgrading = call(window, "upgrade", { deviceId, version }).catch(() => undefined);
    await untilSo(() => said.has("begun"));
    if (!said.has("begun")) faults.push(`the upgrade to version ${String(version)} did not begin`);
    if (isKilled) await new Promise((done) => setTimeout(done, context.random.between(0, LONGEST_WAIT_MS)));
    else await untilSo(() => said.has("done"));
    const isCut = !said.has("done");
    await window.kill();
    await upgrading;
    return isCut;
  };
  let cut = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await upgrade(2 + round, true)) cut += 1;
    if (context.random.next() < 0.5) continue;
    const today = await openToday();
    const status = await call<TerminalStatus>(today, "status");
    if (status.outbox !== outbox) faults.push(`after a kill ${String(status.outbox)} of ${String(outbox)} acts wait`);
    await today.kill();
  }
  if (cut === 0) faults.push("no kill fell into an upgrade: the run proves nothing");
  if (await upgrade(2 + ROUNDS, false)) faults.push("an upgrade does not get through any more");
  await node.again();
  const last = await openToday();
  const status = await untilSent(last, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  if (status.notices.length > 0) faults.push(`notices: ${status.notices.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: { confirmed: confirmed.size, waited: outbox, kills: ROUNDS, cut, events: checked.books.head },
  };
};

export const killedUpgrade: Scenario = {
  id: "F32",
  title: "the upgrade of a terminal's database is killed, and the program before it opens what is there",
  isLong: true,
  run,
};
