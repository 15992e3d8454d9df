import { freePort } from "../../helpers/free-port.ts";
import { SlowLine } from "../../helpers/slow-line.ts";
import { OwnNames } from "../harness/own-names.ts";
import type { FaultContext, FaultReport, Scenario } from "../harness/scenario.ts";
import { checkConfirmed } from "./check-confirmed.ts";
import { startKioskHall } from "./kiosk-hall.ts";
import { call, openTerminalWindow, start, terminalPage, untilKept, untilLeased, untilSent } from "./window.ts";

const NAME = "hall-node.test";
const LAN_KBITS = 100_000;
/** Where the node is found, one after the other; the last one is of the sixth version of the protocol alone. */
const PLACES = ["127.0.0.2", "127.0.0.3", "::1"];
/** A name is remembered for a minute at most, and a wait between two tries is shorter than that. */
const FOUND_MS = 120_000;

/**
 * A kiosk knows its node by a name. The name means nothing for a while, then another address, then one of IPv6: the kiosk goes on, finds the node by itself each
 * time, and everything it had confirmed arrives once.
 */
const run = async (context: FaultContext): Promise<FaultReport> => {
  const { ready, device } = await startKioskHall(context);
  const names = new OwnNames(await context.tempFolder("names"));
  const port = await freePort();
  const confirmed = new Set<string>();
  const faults: string[] = [];
  const foundMs: number[] = [];
  const window = await openTerminalWindow(context, {
    userData: await context.tempFolder("terminal"),
    page: await terminalPage(context),
    onConfirmed: (id) => confirmed.add(id),
    through: names.around,
  });
  let withoutNode = 0;
  for (const [index, host] of PLACES.entries()) {
    const line = await SlowLine.open(ready.url, LAN_KBITS, { host, port });
    names.point({ [NAME]: host });
    const since = Date.now();
    if (index === 0) {
      await call(window, "open", { url: `http://${NAME}:${String(port)}`, device });
      await untilLeased(window, FOUND_MS);
      await start(window, "work");
    }
    while ((await call<{ link: string }>(window, "status")).link !== "online" && Date.now() - since < FOUND_MS)
      await new Promise((done) => setTimeout(done, 50));
    foundMs.push(Date.now() - since);
    if (!(await untilKept(confirmed, context.random.between(5, 20)))) faults.push(`${host}: nothing is kept any more`);
    if (index === PLACES.length - 1) await call(window, "rest");
    const status = await untilSent(window, FOUND_MS);
    if (index === PLACES.length - 1 && status.outbox > 0) faults.push(`still holds ${String(status.outbox)} acts`);
    if (status.link !== "online") faults.push(`the node at ${host} was not found within ${String(FOUND_MS)} ms`);
    // On a quick machine a kiosk that works for minutes without a pause has had all numbers of its day.
    const unexpected = status.notices.filter((code) => code !== "numbers_exhausted");
    if (unexpected.length > 0) faults.push(`notices: ${unexpected.join(", ")}`);
    if (index === PLACES.length - 1) {
      context.defer(() => line.close());
      continue;
    }
    names.point({});
    await line.close();
    const before = confirmed.size;
    if (!(await untilKept(confirmed, context.random.between(5, 20)))) faults.push("without its node it keeps nothing");
    withoutNode += confirmed.size - before;
  }
  const checked = await checkConfirmed(ready, confirmed);
  return {
    faults: [...faults, ...checked.faults],
    figures: { confirmed: confirmed.size, withoutNode, events: checked.books.head, foundMs: foundMs.join(" ") },
  };
};

export const movedNode: Scenario = {
  id: "F42",
  title: "the node's name means nothing, then another address, then one of IPv6",
  isLong: true,
  impossible: () => OwnNames.impossible(),
  run,
};
