import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import type { OutboundCommand } from "../../shared/contract/api.ts";
import type { CommandType } from "../../shared/domain/hall/commands.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import type { HallLog } from "./hall-log.ts";
import type { Queryable } from "./store.ts";
import { verifyLog } from "./verify.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

let center: TestCenter;

beforeAll(async () => {
  center = await startCenter({ ownServer: true });
});
afterAll(() => center.stop());

const takes = (count: number): OutboundCommand[] =>
  Array.from({ length: count }, (_, index) =>
    NodeClient.command("TakeTicket", ticketWish(uuidv7(), { businessId: index % 2 === 0 ? "A" : "B" })),
  );

const numbersOf = (client: NodeClient): string[] =>
  client.events
    .filter((event) => event.type === "TicketTaken")
    .map((event) => (event.data as { number: string }).number);

describe("many at once", () => {
  it("skips no event and gives no number twice, with six writers and one reader (F26, I3)", async () => {
    const { url } = center;
    const reader = await NodeClient.connect({ url, ...(await center.enrol("display")) });
    const writers = await Promise.all(
      Array.from({ length: 6 }, async () => NodeClient.connect({ url, ...(await center.enrol("kiosk")) })),
    );
    const rounds = writers.map(async (writer) => {
      for (let round = 0; round < 10; round += 1) {
        const results = await writer.sendAll(takes(8));
        expect(results.every((result) => result.status === "accepted")).toBe(true);
      }
    });
    await Promise.all(rounds);
    const { head } = center.context.halls.open[0]!.hall;
    await reader.reached(head.seq);
    const numbers = numbersOf(reader);
    expect(numbers).toHaveLength(480);
    expect(new Set(numbers).size).toBe(480);
    for (const client of [reader, ...writers]) {
      expect(client.violations).toEqual([]);
      client.close();
    }
    expect(await verifyLog(center.context.database, center.hallId!)).toMatchObject({ faults: [] });
  });

  it("lets two centers on one database serve one hall: each feeds its own terminals what the other committed", async () => {
    const other = await startCenter({ databaseUrl: center.databaseUrl, dataDir: center.dataDir });
    try {
      const kiosks = await Promise.all(
        [center.url, other.url, center.url, other.url].map(async (url) =>
          NodeClient.connect({ url, ...(await center.enrol("kiosk")) }),
        ),
      );
      // Not `to`: the events may come a moment after the welcome.
      const before = kiosks[0]!.welcome!.head;
      await Promise.all(
        kiosks.map(async (kiosk) => {
          for (let round = 0; round < 5; round += 1) await kiosk.sendAll(takes(6));
        }),
      );
      const { rows } = await center.context.database.query<{ head: number }>("SELECT head FROM halls");
      const head = rows[0]!.head;
      expect(head - before).toBe(120);
      for (const kiosk of kiosks) {
        await kiosk.reached(head);
        expect(kiosk.violations).toEqual([]);
        expect(new Set(numbersOf(kiosk)).size).toBe(numbersOf(kiosk).length);
      }
      expect(new Set(kiosks.map((kiosk) => kiosk.state.tickets.size)).size).toBe(1);
      // The same device at the other center: one line per device holds across processes.
      const device = await center.enrol("display");
      const here = await NodeClient.connect({ url: center.url, ...device });
      const there = await NodeClient.connect({ url: other.url, ...device });
      expect(await here.closed()).toBe(4003);
      for (const client of [...kiosks, there]) client.close();
      expect(await verifyLog(center.context.database, center.hallId!)).toMatchObject({ faults: [] });
    } finally {
      await other.stop();
    }
  });

  it("counts what another center wrote once, also in what it decides on", async () => {
    const other = await startCenter({ databaseUrl: center.databaseUrl, dataDir: center.dataDir });
    try {
      const here = center.context.halls.open[0]!.hall;
      const there = other.context.halls.open[0]!.hall;
      const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
      await kiosk.sendAll(takes(1));
      kiosk.close();
      const act = async (hall: HallLog, type: CommandType, counterId: string, data: object): Promise<void> => {
        const { command } = NodeClient.command(type, { counterId, ...data });
        const actor: Actor = {
          role: "window",
          deviceId: `window-${counterId}`,
          clerkId: `clerk-${counterId}`,
          counterId,
        };
        expect(await hall.execute(command, actor)).toMatchObject({ status: "accepted" });
      };
      await act(here, "OpenCounter", "1", {});
      await act(here, "CallNext", "1", {});
      const ticketId = here.state.counters.get("1")?.ticketId ?? "";
      await there.refresh();
      // From here on the other center decides on a state of its own that still shares the tickets with what is committed.
      await act(there, "OpenCounter", "2", {});
      await act(here, "RecallTicket", "1", { ticketId });
      await act(there, "RecallTicket", "1", { ticketId });
      const { rows } = await center.context.database.query<{ calls: number }>(
        "SELECT calls FROM tickets WHERE ticket_id = $1",
        [ticketId],
      );
      expect(rows).toEqual([{ calls: 3 }]);
      expect(there.state.tickets.get(ticketId)?.calls).toBe(3);
    } finally {
      await other.stop();
    }
  });
});

describe("the database dies (F04)", () => {
  it("pauses, answers 503, and goes on by itself; every acknowledged act is there once", async () => {
    const { url } = center;
    const kioskDevice = await center.enrol("kiosk");
    const kiosk = await NodeClient.connect({ url, ...kioskDevice });
    const acknowledged = new Map<string, number>();
    const commands = takes(120);
    const load = (async () => {
      for (const command of commands) {
        const [result] = await kiosk.sendAll([command], 60_000);
        if (result?.status === "accepted") acknowledged.set(command.command.id, result.seq);
      }
    })();
    await sleep(60);
    for (let kills = 0; kills < 2; kills += 1) {
      process.kill(await center.postgresPid(), "SIGKILL");
      const seen = new Set<number>();
      const until = Date.now() + 30_000;
      while (Date.now() < until) {
        const { status } = await fetch(`${url}/health`);
        seen.add(status);
        if (status === 200 && seen.has(503)) break;
        await sleep(10);
      }
      expect(seen).toEqual(new Set([503, 200]));
    }
    await load;
    expect(acknowledged.size).toBe(commands.length);
    const { rows } = await center.context.database.query<{ command_id: string; seq: number }>(
      "SELECT command_id, seq FROM events WHERE command_id = ANY ($1)",
      [commands.map(({ command }) => command.id)],
    );
    expect(rows).toHaveLength(commands.length);
    expect(new Map(rows.map((row) => [row.command_id, row.seq]))).toEqual(acknowledged);
    expect(kiosk.violations).toEqual([]);
    kiosk.close();
    expect(await verifyLog(center.context.database, center.hallId!)).toMatchObject({ faults: [] });
  }, 120_000);
});

describe("verify-log", () => {
  it("finds nothing wrong with a log that grows while it is read", async () => {
    const { database } = center.context;
    const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    let acts = 5;
    const growing: Queryable = {
      query: async (...args: Parameters<typeof database.query>) => {
        const answer = await database.query(...args);
        if (acts-- > 0) await kiosk.sendAll(takes(1));
        return answer;
      },
    } as Queryable;
    const before = center.context.halls.open[0]!.hall.head.seq;
    expect((await verifyLog(growing, center.hallId!)).faults).toEqual([]);
    expect(center.context.halls.open[0]!.hall.head.seq).toBeGreaterThan(before);
    kiosk.close();
  });

  it("finds a changed, a missing and a reordered event; the database itself refuses to make one", async () => {
    const { database } = center.context;
    const hallId = center.hallId!;
    const owner = new pg.Client({ connectionString: center.databaseUrl });
    await owner.connect();
    for (const sql of [
      "UPDATE events SET at = 0 WHERE seq = 5",
      "DELETE FROM events WHERE seq = 5",
      "TRUNCATE events",
    ]) {
      await expect(database.query(sql), "the program's own role").rejects.toThrow("permission denied");
      await expect(owner.query(sql), "the owner, in haste").rejects.toThrow("append-only");
    }
    await expect(database.query("ALTER TABLE events DISABLE TRIGGER ALL")).rejects.toThrow("must be owner");
    await expect(database.query("UPDATE staff_audit SET act = ''")).rejects.toThrow("permission denied");
    const tamper = async (sql: string): Promise<unknown> => {
      await owner.query("BEGIN");
      try {
        // Whoever owns the database can do it: the chain tells.
        await owner.query("ALTER TABLE events DISABLE TRIGGER ALL");
        await owner.query(sql);
        return (await verifyLog(owner, hallId)).faults;
      } finally {
        await owner.query("ROLLBACK");
      }
    };
    expect(await tamper("UPDATE events SET data = replace(data, '\"A', '\"B') WHERE seq = 7")).toEqual([
      { seq: 7, kind: "changed" },
    ]);
    expect(await tamper("UPDATE events SET actor = replace(actor, 'kiosk', 'desk') WHERE seq = 7")).toEqual([
      { seq: 7, kind: "changed" },
    ]);
    expect(await tamper("DELETE FROM events WHERE seq = 9")).toEqual([{ seq: 9, kind: "missing" }]);
    expect(await tamper("DELETE FROM events WHERE seq >= 100")).toEqual([{ seq: 100, kind: "missing" }]);
    const swapped = await tamper(
      "UPDATE events SET seq = -seq WHERE seq IN (11, 12); UPDATE events SET seq = 23 + seq WHERE seq < 0",
    );
    expect(swapped).toContainEqual({ seq: 11, kind: "chain" });
    expect((await verifyLog(database, hallId)).faults).toEqual([]);
    await owner.end();
  });
});
