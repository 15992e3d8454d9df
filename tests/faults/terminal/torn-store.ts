import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { openOutboxJournal, type OutboxJournal } from "../../../electron/journal/outbox-journal.ts";
import { setTornDataAside } from "../../../electron/torn-data.ts";
import { reasonOf } from "../../../renderer/store/reason-of.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import { contentsOf, tearings, type Tearing } from "./tearings.ts";
import {
  call,
  openTerminalWindow,
  terminalPage,
  untilLeased,
  untilSent,
  type TerminalNotice,
  type TerminalStatus,
  type TerminalWindow,
} from "./window.ts";

/** Acts from one tearing to the next, on average. */
const ACTS_PER_ROUND = 10;
const JOURNALED_MS = 5_000;
const DATA_KEY = Buffer.from("0123456789abcdef0123456789abcdef").toString("base64");
const SCREEN = "Partitions/bench";
const DATABASE = "app_service-hall_0.indexeddb.leveldb";

/** Waits until the second copy holds each act. */
const untilJournaled = async (journal: OutboxJournal, acts: ReadonlySet<string>): Promise<boolean> => {
  const until = Date.now() + JOURNALED_MS;
  for (;;) {
    const held = new Set((await journal.read()).map(({ key }) => key));
    if ([...acts].every((id) => held.has(id))) return true;
    if (Date.now() > until) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
};

/** Nothing is lost to it, so that it may only say what it brought back. @returns what is wrong with what a terminal said at its start, null for nothing */
const wrongIn = (said: readonly TerminalNotice[], { leaves }: Tearing, waiting: number): string | null => {
  const [first, ...others] = said;
  const broughtBack = first === undefined ? 0 : Number(first.params["acts"]);
  const isOfThis =
    others.length === 0 && (first === undefined || (first.code === "store_recovered" && broughtBack > 0));
  const isEnough = leaves === "some" ? broughtBack <= waiting : broughtBack === waiting;
  if (isOfThis && isEnough) return null;
  const told = said.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join(", ");
  return `says “${told}”, while ${String(waiting)} acts wait`;
};

/**
 * A kiosk without its node is ended again and again, and the files of its database are torn meanwhile. It starts each time (I9), from what can be read and from
 * the journal beside it: what it had confirmed waits again, each act once, it says so and nothing else, and what Chromium could not open lies aside as it was.
 * In the end everything that it had confirmed arrives once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { random, acts } = context;
  const { node, ready, device } = await startKioskHall(context);
  const page = await terminalPage(context);
  const userData = await context.tempFolder("torn");
  let unreadable = 0;
  const journal = openOutboxJournal(join(userData, "outbox.journal"), DATA_KEY, device.deviceId, (lines) => {
    unreadable += lines;
  });
  context.defer(() => journal.close());
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const said = new Map<string, number>();
  const heard = new Set<string>();
  let setAside = 0;
  /** As the terminal's program does it before it opens a window. @returns what lies aside now */
  const putAside = (): readonly string[] => {
    const failed = (error: unknown): void => void faults.push(`torn data could not be looked at: ${String(error)}`);
    return setTornDataAside(userData, Date.now(), failed);
  };
  const start = async (): Promise<TerminalWindow> => {
    const window = await openTerminalWindow(context, {
      userData,
      page,
      journal,
      onConfirmed: (id) => confirmed.add(id),
    });
    await call(window, "open", { url: ready.url, device });
    return window;
  };
  /** Tears the database and starts the terminal on it. */
  const tearAndStart = async (tearing: Tearing, wrong: (fault: string) => void): Promise<TerminalWindow> => {
    const databases = join(userData, SCREEN, "IndexedDB");
    tearing.tear(join(databases, DATABASE), random);
    const torn = contentsOf(join(databases, DATABASE));
    const aside = putAside();
    setAside += aside.length;
    if (aside.length !== (tearing.leaves === "noList" ? 1 : 0)) wrong(`${String(aside.length)} folders were set aside`);
    for (const folder of aside)
      if (!isDeepStrictEqual(contentsOf(join(folder, DATABASE)), torn))
        wrong("what was set aside is not what there was");
    const opened = await start();
    const { storeFault } = await call<TerminalStatus>(opened, "status");
    if (storeFault !== null) wrong(storeFault);
    const all = await call<readonly { readonly id: string; readonly type: string }[]>(opened, "waiting");
    // The kiosk's own claim of numbers waits as well once a torn disk has lost that it was answered, until the node says so again.
    const waiting = all.filter(({ type }) => type !== "LeaseNumbers").map(({ id }) => id);
    const lost = [...confirmed].filter((id) => !waiting.includes(id));
    const foreign = waiting.filter((id) => !confirmed.has(id));
    const twice = waiting.filter((id, place) => waiting.indexOf(id) !== place);
    for (const [what, ids] of Object.entries({ lost, foreign, twice }))
      if (ids.length > 0) wrong(`of ${String(confirmed.size)} acts confirmed ${what}: ${ids.join(", ")}`);
    const notices = await call<readonly TerminalNotice[]>(opened, "notices");
    const fresh = notices.filter(({ id }) => !heard.has(id));
    for (const { id, code } of fresh) {
      heard.add(id);
      said.set(code, (said.get(code) ?? 0) + 1);
    }
    const fault = wrongIn(fresh, tearing, all.length);
    if (fault !== null) wrong(fault);
    return opened;
  };
  let window = await start();
  await untilLeased(window);
  await node.stop();
  const names = Object.keys(tearings);
  const rounds = Math.max(names.length, Math.round(acts / ACTS_PER_ROUND));
  for (let round = 0; round < rounds; round += 1) {
    for (let act = random.between(1, 2 * ACTS_PER_ROUND); act > 0; act -= 1) await call(window, "actOnce");
    const name = names[round] ?? random.pick(names);
    const wrong = (fault: string): void => void faults.push(`round ${String(round)}, ${name}: ${fault}`);
    if (!(await untilJournaled(journal, confirmed))) wrong("the journal does not hold what waits");
    await window.kill();
    window = await tearAndStart(tearings[name]!, wrong).catch((error: unknown) => {
      throw new Error(`round ${String(round)}, ${name}: does not start: ${reasonOf(error)}`);
    });
  }
  await node.again();
  const status = await untilSent(window, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  const others = status.notices.filter((code) => code !== "store_recovered");
  if (others.length > 0) faults.push(`notices: ${others.join(", ")}`);
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: {
      rounds,
      confirmed: confirmed.size,
      setAside,
      journalLinesUnreadable: unreadable,
      said: [...said].map(([code, count]) => `${code} ${String(count)}`).join(" "),
    },
  };
};

export const tornStore: Scenario = {
  id: "F08",
  title: "the files of a terminal's database are torn while it is off",
  isLong: true,
  run,
};
