import { uuidv7 } from "uuidv7";
import type { Bench } from "../lib/bench.ts";
import { none } from "../lib/measure.ts";
import { command, openLine } from "../node/line.ts";
import { roomyPlan, startNode } from "../node/start-node.ts";

const WRITERS = 6;
const EACH = 500;
/** Sent without waiting for each other, so that the writers' commands meet in the node. */
const AT_ONCE = 10;

const take = (businessId: string) =>
  command(
    "TakeTicket",
    { ticketId: uuidv7(), businessId, class: "ordinary", itemCode: null, itemName: null, personKey: null },
    "record",
  );

/** A plain serial with a cursor skipped 15-18 % of the rows for ever with six writers (system.md). */
export const sixWriters: Bench = {
  ids: ["six-writers"],
  run: async (context) => {
    const kiosks = Array.from({ length: WRITERS }, () => ({ role: "kiosk", counterId: null }) as const);
    const node = await startNode(context, {
      plan: roomyPlan(),
      devices: [...kiosks, { role: "desk", counterId: null }],
    });
    const seen = new Set<number>();
    let gaps = 0;
    let reached = 0;
    const reader = node.devices[WRITERS]!;
    await openLine(context, node.url, reader, (from, to, events) => {
      if (from !== reached) gaps += 1;
      reached = to;
      for (const { seq } of events) seen.add(seq);
    });
    const since = performance.now();
    const heads = await Promise.all(
      node.devices.slice(0, WRITERS).map(async (device, writer) => {
        const line = await openLine(context, node.url, device);
        let head = 0;
        for (let done = 0; done < EACH; done += AT_ONCE) {
          const commands = Array.from({ length: AT_ONCE }, () => take("ABCDEF"[writer]!));
          // One message each: the narrowest interleaving the protocol allows.
          const results = await Promise.all(commands.map((each) => line.send([each])));
          for (const [result] of results) {
            if (result?.status !== "accepted") throw new Error(`refused: ${JSON.stringify(result)}`);
            head = Math.max(head, result.seq);
          }
        }
        return head;
      }),
    );
    const head = Math.max(...heads);
    const took = performance.now() - since;
    for (let wait = 0; reached < head && wait < 500; wait += 1) await new Promise((done) => setTimeout(done, 10));
    let skipped = gaps;
    for (let seq = 1; seq <= head; seq += 1) if (!seen.has(seq)) skipped += 1;
    return [
      none({
        id: "six-writers",
        ours: skipped,
        unit: "skipped",
        note: `${String(WRITERS)} lines, ${String(WRITERS * EACH)} commands, one desk as reader; ${((WRITERS * EACH * 1000) / took).toFixed(0)} commands/s`,
      }),
    ];
  },
};
