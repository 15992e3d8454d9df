import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openOutboxJournal } from "../../../electron/journal/outbox-journal.ts";
import { setTornDataAside } from "../../../electron/torn-data.ts";
import type { Random } from "../../helpers/random.ts";
import { reasonOf } from "../../../renderer/store/reason-of.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import {
  call,
  openTerminalWindow,
  terminalPage,
  untilLeased,
  untilSent,
  type TerminalStatus,
  type TerminalWindow,
} from "./window.ts";

/** Acts from one tearing to the next, on average. */
const ACTS_PER_ROUND = 10;
const JOURNALED_MS = 5_000;
const DATA_KEY = Buffer.from("0123456789abcdef0123456789abcdef").toString("base64");

const filesIn = (folder: string, wanted: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => wanted.test(name) && statSync(join(folder, name)).size > 0)
    .sort()
    .map((name) => join(folder, name));

/** What may become of the files of a database; each takes one of those that are there. */
const tearings: Readonly<Record<string, (folder: string, random: Random) => void>> = {
  "log cut": (folder, random) => {
    for (const file of filesIn(folder, /\.log$/)) truncateSync(file, random.between(0, statSync(file).size - 1));
  },
  "bits turned": (folder, random) => {
    const file = random.pick(filesIn(folder, /\.(log|ldb)$/));
    const bytes = readFileSync(file);
    for (let turned = 0; turned < 8; turned += 1) {
      const at = random.between(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
    }
    writeFileSync(file, bytes);
  },
  "file of zeros": (folder, random) => {
    const file = random.pick(filesIn(folder, /\.(log|ldb)$|^MANIFEST/));
    writeFileSync(file, Buffer.alloc(statSync(file).size));
  },
  "CURRENT gone": (folder) => filesIn(folder, /^CURRENT$/).forEach((file) => rmSync(file)),
  "MANIFEST gone": (folder) => filesIn(folder, /^MANIFEST/).forEach((file) => rmSync(file)),
  "data gone": (folder) => filesIn(folder, /\.(log|ldb)$/).forEach((file) => rmSync(file)),
};

/** Waits until the second copy holds what waits. */
const untilJournaled = async (rows: () => Promise<number>, waiting: number): Promise<boolean> => {
  const until = Date.now() + JOURNALED_MS;
  while ((await rows()) < waiting) {
    if (Date.now() > until) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
};

/**
 * A kiosk without its node is ended again and again, and the files of its database are torn meanwhile. It starts each time (I9), from what can be read and from
 * the journal beside it, and in the end everything that it had confirmed arrives once.
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
  let setAside = 0;
  const start = async (): Promise<TerminalWindow> => {
    // As the terminal's program does before it opens a window.
    const failed = (error: unknown): void => void faults.push(`torn data could not be looked at: ${String(error)}`);
    setAside += setTornDataAside(userData, Date.now(), failed).length;
    const window = await openTerminalWindow(context, {
      userData,
      page,
      journal,
      onConfirmed: (id) => confirmed.add(id),
    });
    await call(window, "open", { url: ready.url, device });
    return window;
  };
  let window = await start();
  await untilLeased(window);
  await node.stop();
  const rounds = Math.max(Object.keys(tearings).length, Math.round(acts / ACTS_PER_ROUND));
  for (let round = 0; round < rounds; round += 1) {
    for (let act = random.between(1, 2 * ACTS_PER_ROUND); act > 0; act -= 1) await call(window, "actOnce");
    const { outbox } = await call<TerminalStatus>(window, "status");
    if (!(await untilJournaled(async () => (await journal.read()).length, outbox)))
      faults.push(`round ${String(round)}: the journal does not hold what waits`);
    await window.kill();
    const names = Object.keys(tearings);
    const name = names[round] ?? random.pick(names);
    tearings[name]!(join(userData, "Partitions/bench/IndexedDB/app_service-hall_0.indexeddb.leveldb"), random);
    window = await start().catch((error: unknown) => {
      throw new Error(`round ${String(round)}, ${name}: does not start: ${reasonOf(error)}`);
    });
    const status = await call<TerminalStatus>(window, "status");
    if (status.storeFault !== null) faults.push(`round ${String(round)}, ${name}: ${status.storeFault}`);
    if (status.outbox < confirmed.size)
      faults.push(
        `round ${String(round)}, ${name}: ${String(status.outbox)} of ${String(confirmed.size)} acts still wait`,
      );
    for (const code of status.notices) said.set(code, (said.get(code) ?? 0) + 1);
  }
  await node.again();
  const status = await untilSent(window, 30_000);
  if (status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
  const others = status.notices.filter((code) => !code.startsWith("store_"));
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
