import { ticketWish } from "../../shared/testing/hall-fixture.ts";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post, startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import type { EnrolResponse } from "../../shared/contract/api.ts";
import { TICKET_CANCEL_PATH, TICKET_PAGE_PATH } from "../../shared/contract/ticket-page.ts";
import { followDigest, writeTicketPageKey } from "../../shared/domain/kiosk/ticket-page.ts";

/*
 * Somebody takes a number at a kiosk and follows it on a phone: how many are before, where to go when called, and giving
 * the number back. The phone knows the secret of the QR code, the node only its digest.
 */

let center: TestCenter;
let clerkId: string;
let windowDevice: EnrolResponse;
let kiosk: NodeClient;

beforeAll(async () => {
  center = await startCenter();
  await center.addClerk("1001");
  windowDevice = await center.enrol("window", "1");
  ({ clerkId } = await center.login(windowDevice, "1001"));
  kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
});
afterAll(() => center.stop());

const SECRET = "00112233445566778899aabbccddeeff";
const keyOf = (ticketId: string, secret = SECRET): string =>
  writeTicketPageKey({ hallId: "test-hall", ticketId, secret });

const wish = (ticketId: string) => ticketWish(ticketId, { itemName: "企业设立登记", followHash: followDigest(SECRET) });
const take = async (): Promise<string> => {
  const ticketId = uuidv7();
  await kiosk.send("TakeTicket", wish(ticketId));
  return ticketId;
};
const look = async (key: string) => (await post(`${center.url}${TICKET_PAGE_PATH}`, { key })).body;

describe("the ticket page", () => {
  it("tells who is before, then where to go, and nothing of a person or a matter", async () => {
    const [first, second] = [await take(), await take()];
    expect(await look(keyOf(second))).toMatchObject({ state: "waiting", number: "A002", ahead: 1, counters: [] });
    const window = await NodeClient.connect({ url: center.url, ...windowDevice });
    await window.send("OpenCounter", { counterId: "1" }, { clerkId });
    await window.send("CallNext", { counterId: "1" }, { clerkId });
    const called = await look(keyOf(first));
    expect(called).toMatchObject({ state: "called", number: "A001", counter: 1 });
    expect(JSON.stringify(called)).not.toMatch(/企业设立登记|clerk|class|Key|Hash/);
    expect(await look(keyOf(second))).toMatchObject({ state: "waiting", ahead: 0, counters: [1] });
    window.close();
  });

  it("does not tell a wrong secret from a number that does not exist, nor which halls there are", async () => {
    const ticketId = await take();
    const unknown = await look(keyOf(uuidv7()));
    expect(unknown).toMatchObject({ state: "unknown" });
    expect(await look(keyOf(ticketId, "f".repeat(32)))).toEqual(unknown);
    const elsewhere = writeTicketPageKey({ hallId: "other-hall", ticketId, secret: SECRET });
    expect(await look(elsewhere)).toMatchObject({ state: "unknown" });
    for (const key of ["", "x", "test-hall.!", 7, null])
      expect((await post(`${center.url}${TICKET_PAGE_PATH}`, { key })).status).toBe(400);
  });

  it("finds a number that a kiosk gave while it was without the node, as soon as the kiosk's line is back", async () => {
    const ticketId = uuidv7();
    expect(await look(keyOf(ticketId))).toMatchObject({ state: "unknown" });
    const lease = { day: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), serial: 999 };
    await kiosk.send("TakeTicket", { ...wish(ticketId), lease }, { mode: "record" });
    expect(await look(keyOf(ticketId))).toMatchObject({ state: "waiting", number: "A999" });
  });

  it("gives the number back once, and with the secret only", async () => {
    const ticketId = await take();
    const cancel = (key: string) => post(`${center.url}${TICKET_CANCEL_PATH}`, { key });
    expect((await cancel(keyOf(ticketId, "f".repeat(32)))).status).toBe(404);
    expect(await look(keyOf(ticketId))).toMatchObject({ state: "waiting" });
    expect((await cancel(keyOf(ticketId))).body).toMatchObject({ state: "cancelled" });
    expect((await cancel(keyOf(ticketId))).body).toMatchObject({ state: "cancelled" });
    await kiosk.until(() => kiosk.state.tickets.get(ticketId)?.state === "cancelled");
    const gone = kiosk.events.filter(
      ({ type, data }) => type === "TicketCancelled" && (data as { ticketId: string }).ticketId === ticketId,
    );
    expect(gone).toHaveLength(1);
  });

  it("is asked too often by nobody: the ninety-first question of a minute is turned away", async () => {
    const key = keyOf(uuidv7());
    const statuses: number[] = [];
    for (let n = 0; n < 91; n += 1) statuses.push((await post(`${center.url}${TICKET_PAGE_PATH}`, { key })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(90);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("who takes a number", () => {
  const as = (value: string) => {
    const personal = [{ id: uuidv7(), kind: "person" as const, value }];
    return kiosk.send("TakeTicket", { ...wish(uuidv7()), businessId: "B" }, { personal });
  };

  it("has one waiting number for a business, however often the card is laid on, and leaves no card number behind", async () => {
    expect(await as("idCard:11010519491231002X")).toMatchObject({ status: "accepted" });
    expect(await as("idCard:11010519491231002X")).toMatchObject({
      status: "refused",
      refusal: { code: "already_waiting", params: { number: "B001" } },
    });
    expect(await as("phone:13800005678")).toMatchObject({ status: "accepted" });
    const { rows } = await center.context.database.query<{ data: string }>(
      "SELECT data::text AS data FROM events WHERE type = 'TicketTaken'",
    );
    expect(rows.map(({ data }) => data).join()).not.toMatch(/11010519491231002X|13800005678/);
    const kept = await center.context.database.query("SELECT 1 FROM personal");
    expect(kept.rows).toHaveLength(0);
  });
});
