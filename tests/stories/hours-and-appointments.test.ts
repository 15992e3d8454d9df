import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { addPlatform } from "../../center/appointments/platforms.ts";
import { instantAt } from "../../shared/basics/time.ts";
import { startCenter, testPlan, type TestCenter } from "../helpers/center.ts";
import { NodeClient } from "../helpers/node-client.ts";

/*
 * A hall with hours, a city platform, and a machine whose clock is not to be trusted:
 * 1. On Monday at half past eight the kiosk may not give a number yet, and says from when on.
 * 2. The city's platform pushes two appointments; kiosk and desk see them, the board does not.
 * 3. At a quarter to ten the first person checks in with the code and gets a Y number, placed by the slot.
 * 4. In the evening the kiosk says when the hall opens next.
 * 5. The machine sleeps until Wednesday: the day closes and opens by itself, the second person did not come, once.
 * 6. The clock goes back by an hour: the day stays, numbers go on, and the log's time never runs back.
 * 7. A terminal that was away all the while holds exactly what the node says.
 */
const office = [
  { from: "09:00", to: "12:00" },
  { from: "13:30", to: "17:00" },
];
const plan = {
  ...testPlan,
  businesses: testPlan.businesses.map((business) => ({ ...business, appointmentsPerSlot: 1 })),
  hours: { week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] } },
};
const at = (day: string, clock: string): number => instantAt(day, clock, 480);
const wish = { businessId: "A", class: "ordinary", itemCode: null, itemName: null, personKey: null } as const;

let center: TestCenter;
let now = at("2026-11-23", "08:30");

beforeAll(async () => {
  center = await startCenter({ plan, clock: () => now });
});
afterAll(async () => {
  await center.stop();
});

const connect = async (role: "kiosk" | "display" | "desk"): Promise<NodeClient> => {
  const { deviceId, secret } = await center.enrol(role);
  return NodeClient.connect({ url: center.url, deviceId, secret });
};

it("keeps its hours and its days by itself, whatever the machine's clock does", async () => {
  const [kiosk, board, desk] = await Promise.all([connect("kiosk"), connect("display"), connect("desk")]);
  await kiosk.until(() => kiosk.state.day === "2026-11-23");

  expect(await kiosk.send("TakeTicket", { ...wish, ticketId: uuidv7() })).toMatchObject({
    status: "refused",
    refusal: { code: "not_open_yet", params: { opens: "09:00" } },
  });

  const key = await addPlatform(center.context.database, "platform", now);
  for (const [id, from] of [
    ["p1", "10:00"],
    ["p2", "11:00"],
  ] as const) {
    const pushed = await fetch(`${center.url}/api/platform/halls/test-hall/appointments/${id}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        business: "A",
        day: "2026-11-23",
        from,
        person: { idNumber: `11010519491231${id}`, name: "张晓明" },
      }),
    });
    expect(pushed.status).toBe(201);
  }
  await kiosk.until(() => kiosk.state.appointments.size === 2);
  await desk.until(() => desk.state.appointments.size === 2);
  const first = [...kiosk.state.appointments.values()].find(({ from }) => from === "10:00");

  now = at("2026-11-23", "09:45");
  const ticketId = uuidv7();
  expect(
    await kiosk.send("TakeTicket", { ...wish, class: "appointment", ticketId, appointmentId: first?.id ?? "" }),
  ).toMatchObject({ status: "accepted" });
  await board.until(() => board.state.tickets.has(ticketId));
  expect(board.state.tickets.get(ticketId)).toMatchObject({
    number: "YA001",
    class: "withheld",
    appointmentId: null,
    lineKey: at("2026-11-23", "09:45"),
  });
  expect(board.state.appointments.size).toBe(0);

  now = at("2026-11-23", "17:30");
  expect(await kiosk.send("TakeTicket", { ...wish, ticketId: uuidv7() })).toMatchObject({
    refusal: { code: "closed_for_today", params: { opens: "2026-11-24 09:00" } },
  });

  now = at("2026-11-25", "09:10");
  await kiosk.until(() => kiosk.state.day === "2026-11-25", 10_000);
  const { hall } = await center.context.halls.get("test-hall");
  expect(hall.state.noShows.size).toBe(1);
  const { rows } = await center.context.database.query<{ type: string; n: number }>(
    "SELECT type, count(*)::integer AS n FROM events WHERE type IN ('DayOpened', 'DayClosed', 'AppointmentMissed') GROUP BY type",
  );
  expect(Object.fromEntries(rows.map(({ type, n }) => [type, n]))).toEqual({
    DayOpened: 2,
    DayClosed: 1,
    AppointmentMissed: 1,
  });
  expect(await kiosk.send("TakeTicket", { ...wish, ticketId: uuidv7() })).toMatchObject({ status: "accepted" });

  now -= 3_600_000;
  expect(await kiosk.send("TakeTicket", { ...wish, ticketId: uuidv7() })).toMatchObject({ status: "accepted" });
  expect([...hall.state.tickets.values()].map(({ number }) => number).sort()).toEqual(["A001", "A002"]);
  const { rows: times } = await center.context.database.query<{ runsBack: number }>(
    'SELECT count(*)::integer AS "runsBack" FROM events e JOIN events f ON f.hall_id = e.hall_id AND f.seq = e.seq + 1 WHERE f.recorded_at < e.recorded_at',
  );
  expect(times[0]?.runsBack).toBe(0);

  const late = await connect("desk");
  await late.until(() => late.to === hall.head.seq);
  expect([...late.state.tickets.values()].map(({ number }) => number).sort()).toEqual(["A001", "A002"]);
  for (const client of [kiosk, board, desk, late]) {
    expect(client.violations).toEqual([]);
    client.close();
  }
});
