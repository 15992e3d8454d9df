import { rm } from "node:fs/promises";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { makeDataDir, startCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { SNAPSHOT_AFTER_EVENTS, type OutboundCommand } from "../../shared/contract/api.ts";
import { toSnapshot } from "../../shared/domain/hall/state.ts";
import { CommandQueue } from "./command-queue.ts";
import type { Submission } from "./submission.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

const takes = (count: number): OutboundCommand[] =>
  Array.from({ length: count }, (_, index) =>
    NodeClient.command("TakeTicket", ticketWish(uuidv7(), { businessId: index % 2 === 0 ? "A" : "B" })),
  );

describe("a center that stops and starts", () => {
  it("leaves nobody waiting who asked for a command of the node's own: a duty would keep it from stopping", async () => {
    const center = await startCenter();
    const { hall } = center.context.halls.open[0]!;
    const ask = () => hall.execute(NodeClient.command("TakeTicket", ticketWish(uuidv7())).command);
    const asked = [ask(), ask()].map((answer) => answer.catch((error: unknown) => error));
    await hall.stop();
    // Refused, as a node takes no numbers, or given up: but told.
    for (const answer of await Promise.all(asked))
      if (answer instanceof Error) expect(answer.message).toBe("stopped");
      else expect(answer).toMatchObject({ status: "refused" });
    await expect(ask()).rejects.toThrow("stopped");
    await center.stop();
  });

  it("has the same state again, from its snapshot; whoever is far behind gets one as well", async () => {
    const dataDir = await makeDataDir();
    let center = await startCenter({ dataDir });
    const device = await center.enrol("kiosk");
    let kiosk = await NodeClient.connect({ url: center.url, ...device });
    const commands = takes(900);
    for (let from = 0; from < commands.length; from += 450)
      await kiosk.sendAll(commands.slice(from, from + 450), 20_000);
    const prints = [...Array(2).keys()].flatMap((round) =>
      commands.map(({ command }) =>
        NodeClient.command("RecordPrint", {
          ticketId: (command.data as { ticketId: string }).ticketId,
          outcome: round === 0 ? "failed" : "printed",
        }),
      ),
    );
    for (let from = 0; from < prints.length; from += 450) await kiosk.sendAll(prints.slice(from, from + 450), 20_000);
    expect(kiosk.violations).toEqual([]);
    const before = toSnapshot(center.context.halls.open[0]!.hall.state);
    const { digest, to } = kiosk;
    expect(to).toBeGreaterThan(SNAPSHOT_AFTER_EVENTS);
    const board = await center.enrol("display");
    await center.stop();

    center = await startCenter({ dataDir });
    const { hall } = center.context.halls.open[0]!;
    expect(toSnapshot(hall.state)).toEqual(before);
    const { rows } = await center.context.database.query<{ seq: number }>("SELECT seq FROM hall_snapshots");
    expect(rows).toEqual([{ seq: hall.head.seq }]);
    kiosk = await NodeClient.connect({
      url: center.url,
      ...device,
      since: to,
      epoch: hall.head.epoch,
      state: kiosk.state,
    });
    const fresh = await NodeClient.connect({ url: center.url, ...board });
    await fresh.until(() => fresh.snapshots === 1);
    expect(kiosk.snapshots).toBe(0);
    await kiosk.send("RequestHelp", { helpId: uuidv7(), place: "door" });
    expect(kiosk.digest).not.toBe(digest);
    const near = await NodeClient.connect({
      url: center.url,
      ...device,
      since: to - 50,
      epoch: hall.head.epoch,
      folding: false,
    });
    await near.reached(hall.head.seq);
    expect([near.snapshots, near.events.length]).toEqual([0, 51]);
    expect([...kiosk.violations, ...fresh.violations, ...near.violations]).toEqual([]);
    for (const client of [kiosk, fresh, near]) client.close();
    await center.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe("the line of commands", () => {
  it("lets senders take turns and keeps the order of each", () => {
    const queue = new CommandQueue();
    const origins = [{ deliver: () => undefined }, { deliver: () => undefined }] as const;
    const add = (sender: 0 | 1, id: string): void =>
      queue.add({ command: { id }, origin: origins[sender] } as unknown as Submission);
    for (let index = 0; index < 600; index += 1) add(0, `a${String(index)}`);
    add(1, "b0");
    add(1, "b1");
    const first = queue.take(400).map(({ command }) => command.id);
    expect(first.slice(249, 254)).toEqual(["a249", "b0", "b1", "a250", "a251"]);
    expect(queue.size).toBe(202);
    add(1, "b2");
    queue.drop(origins[1]);
    expect(queue.take(1_000).map(({ command }) => command.id)).toEqual(
      Array.from({ length: 202 }, (_, index) => `a${String(398 + index)}`),
    );
    expect(queue.size).toBe(0);
  });
});
