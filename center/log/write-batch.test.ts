import type { Client } from "pg";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import type { HallLog } from "./hall-log.ts";
import { findHead } from "./store.ts";
import { verifyLog } from "./verify.ts";
import { premiseFailed, writeBatch } from "./write-batch.ts";
import { ticketWish } from "../../shared/testing/hall-fixture.ts";

let center: TestCenter;
beforeAll(async () => {
  center = await startCenter();
});
afterAll(() => center.stop());

const take = (ticketId: string, itemName: string | null = null, itemCode: string | null = null) =>
  NodeClient.command("TakeTicket", ticketWish(ticketId, { itemCode, itemName }));

const kiosk = async (): Promise<NodeClient> =>
  NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });

describe("a batch of the log", () => {
  it("holds whatever text a terminal sends, the log as it was sent, the read table as far as it can", async () => {
    const strange = "a\tb\nc\r\\N\\.\0d\ud800e\udfff😀'\"办";
    const client = await kiosk();
    const ids = [uuidv7(), uuidv7()];
    const results = await client.sendAll([take(ids[0]!, strange, strange), take(ids[1]!, "\\.", "\\N")]);
    expect(results.map(({ status }) => status)).toEqual(["accepted", "accepted"]);
    const log = await center.context.database.query<{ data: string }>(
      "SELECT data FROM events WHERE type = 'TicketTaken' AND data LIKE $1",
      [`%${ids[0]!}%`],
    );
    expect(JSON.parse(log.rows[0]!.data)).toMatchObject({ itemName: strange, itemCode: strange });
    const { rows } = await center.context.database.query<{ item_code: string }>(
      "SELECT item_code FROM tickets WHERE ticket_id = ANY ($1) ORDER BY serial",
      [ids],
    );
    const readable = "a\tb\nc\r\\N\\.\ufffdd\ufffde\ufffd😀'\"办";
    expect(rows.map((row) => row.item_code)).toEqual([readable, "\\N"]);
    expect(await verifyLog(center.context.database, center.hallId!)).toMatchObject({ faults: [] });
    client.close();
  });

  it("answers a command that comes again as it did before, whether it made events or was refused", async () => {
    const client = await kiosk();
    const ticketId = uuidv7();
    const first = take(ticketId);
    const refused = take(ticketId);
    const before = await client.sendAll([first, refused]);
    expect(before.map(({ status }) => status)).toEqual(["accepted", "refused"]);
    client.close();
    const again = await kiosk();
    const { head } = center.context.halls.open[0]!.hall;
    expect(await again.sendAll([first, refused])).toEqual(before);
    expect(center.context.halls.open[0]!.hall.head.seq).toBe(head.seq);
    again.close();
  });

  it("gives up a command of which not even the refusal can be stored, and goes on with the others", async () => {
    const { hall } = await center.context.halls.get(center.hallId!);
    // The node itself takes no numbers.
    const { command: refusable } = take(uuidv7());
    expect(await hall.execute(refusable)).toMatchObject({ status: "refused", refusal: { code: "not_permitted" } });
    // For the database the same id, for everybody else another one.
    const again = await hall.execute({ ...refusable, id: refusable.id.toUpperCase() });
    expect(again).toMatchObject({ status: "refused", refusal: { code: "bad_command" } });
    const client = await kiosk();
    expect(await client.sendAll([take(uuidv7())])).toMatchObject([{ status: "accepted" }]);
    client.close();
  });

  it("goes on when an id was used before: the read table shows the newer ticket, the log has both", async () => {
    const client = await kiosk();
    const ticketId = uuidv7();
    // As a ticket of an earlier day, which the hall's state has dropped.
    await center.context.database.query(
      `INSERT INTO tickets (hall_id, ticket_id, day, business_id, serial, number, class, state, source, taken_at, calls)
       VALUES ($1, $2, '2020-01-01', 'B', 7, 'B007', 'ordinary', 'done', 'kiosk', 1, 1)`,
      [center.hallId, ticketId],
    );
    const results = await client.sendAll([take(uuidv7()), take(ticketId), take(uuidv7())]);
    expect(results.map(({ status }) => status)).toEqual(["accepted", "accepted", "accepted"]);
    const { rows } = await center.context.database.query(
      "SELECT business_id, number, day > '2020-01-01' AS newer, state FROM tickets WHERE ticket_id = $1",
      [ticketId],
    );
    expect(rows).toEqual([
      { business_id: "A", number: expect.stringMatching(/^A/) as string, newer: true, state: "waiting" },
    ]);
    client.close();
  });

  it("shows in the read table a number of a former day too, told late by a kiosk that had no network", async () => {
    const client = await kiosk();
    const ticketId = uuidv7();
    const late = NodeClient.command("TakeTicket", ticketWish(ticketId, { lease: { day: "2020-01-02", serial: 950 } }), {
      mode: "record",
    });
    expect(await client.sendAll([late])).toMatchObject([{ status: "accepted" }]);
    const { rows } = await center.context.database.query(
      "SELECT day, number, state, source FROM tickets WHERE ticket_id = $1",
      [ticketId],
    );
    expect(rows).toEqual([{ day: "2020-01-02", number: "A950", state: "waiting", source: "lease" }]);
    client.close();
  });

  /** So many events after the head, in a batch that says it is `ahead` events long. */
  const batchAfter = ({ hallId, head }: HallLog, ahead: number, count = 1) => {
    const next = { ...head, seq: head.seq + ahead, hash: "0".repeat(64) };
    const row = { hallId, type: "DayOpened", v: 1, at: 1, recordedAt: 1, actor: "{}", data: "{}", hash: next.hash };
    const events = Array.from({ length: count }, (_, index) => {
      return { ...row, seq: head.seq + 1 + index, commandId: uuidv7(), prevHash: head.hash };
    });
    const rest = { newTickets: [], changedTickets: [], reviews: [], intakes: new Map(), cases: [], anomalies: [] };
    return { next, batch: { ...rest, events, answers: [], personal: [] } };
  };

  const expectUntouched = async (writer: Client, { hallId, head }: HallLog): Promise<void> => {
    expect(await findHead(writer, hallId)).toEqual(head);
    const { rows } = await writer.query("SELECT 1 FROM events WHERE hall_id = $1 AND seq > $2", [hallId, head.seq]);
    expect(rows).toEqual([]);
  };

  it("never lets the head run ahead of the log, although COMMIT is sent before the answers come", async () => {
    const { hall } = center.context.halls.open[0]!;
    const writer = await center.context.database.writer();
    const { next, batch } = batchAfter(hall, 2);
    await writer.query("BEGIN");
    await expect(writeBatch(writer, hall.hallId, batch, next, "test", null)).rejects.toThrow('"head"');
    await expectUntouched(writer, hall);
    writer.release();
  });

  // Few go by one statement, many by COPY.
  it.each([1, 40])(
    "of %i events comes to nothing when its head is not the head, or a command was answered",
    async (count) => {
      const client = await kiosk();
      const before = take(uuidv7());
      const refused = take((before.command.data as { ticketId: string }).ticketId);
      await client.sendAll([before, refused]);
      client.close();
      const { hall } = center.context.halls.open[0]!;
      const writer = await center.context.database.writer();
      const { next, batch } = batchAfter(hall, count, count);
      const { head } = hall;
      const premises = [
        { head: { ...head, seq: head.seq - 1 }, commandIds: [] },
        { head: { ...head, hash: "1".repeat(64) }, commandIds: [] },
        { head: { ...head, epoch: uuidv7() }, commandIds: [] },
        { head, commandIds: [uuidv7(), before.command.id] },
        { head, commandIds: [refused.command.id] },
      ];
      for (const premise of premises) {
        const failure: unknown = await writeBatch(writer, hall.hallId, batch, next, "test", premise).catch(
          (error: unknown) => error,
        );
        expect(premiseFailed(failure)).toBe(true);
        await expectUntouched(writer, hall);
      }
      writer.release();
    },
  );

  it("says the same of a ticket and of the log, whether few or many come at once", async () => {
    const client = await kiosk();
    const alone = take(uuidv7(), "a\\b\"{},'\u0000办", "\\N");
    const among = Array.from({ length: 40 }, () => take(uuidv7(), "a\\b\"{},'\u0000办", "\\N"));
    await client.sendAll([alone]);
    await client.sendAll(among);
    client.close();
    const told = (wishes: typeof among): Promise<unknown[]> =>
      center.context.database
        .query(
          `SELECT t.business_id, t.class, t.state, t.source, t.item_code, t.called_at, t.calls, t.counter_id, e.type, e.v, e.actor,
             strpos(e.data, '"number":"' || t.number || '"') > 0 AS agrees
           FROM tickets t JOIN events e ON e.hall_id = t.hall_id AND e.command_id = ANY ($2) AND strpos(e.data, t.ticket_id) > 0
           WHERE t.hall_id = $1`,
          [center.hallId, wishes.map(({ command }) => command.id)],
        )
        .then(({ rows }) => rows);
    const [one] = await told([alone]);
    expect(one).toMatchObject({ state: "waiting", agrees: true, item_code: "\\N" });
    expect(await told(among)).toEqual(Array(40).fill(one));
    expect(await verifyLog(center.context.database, center.hallId!)).toMatchObject({ faults: [] });
  });
});
