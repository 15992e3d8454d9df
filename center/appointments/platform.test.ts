import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK_CLERKS_PATH, DESK_CONTACT_PATH } from "../../shared/contract/desk-floor.ts";
import type { PlatformAppointment, PlatformSlots } from "../../shared/contract/platform.ts";
import { MONDAY_NINE } from "../../shared/testing/hall-fixture.ts";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { addPlatform } from "./platforms.ts";

const plan = {
  ...testPlan,
  businesses: testPlan.businesses.map((business) => ({
    ...business,
    appointmentsPerSlot: business.id === "A" ? 1 : 0,
    department: "市监局",
  })),
};
const booking = {
  business: "A",
  day: "2026-11-24",
  from: "10:00",
  person: { idNumber: "11010519491231002x", name: "张晓明", phone: "13800005678" },
};

let center: TestCenter;
let key: string;
let otherKey: string;

beforeAll(async () => {
  center = await startCenter({ plan, clock: () => MONDAY_NINE });
  key = await addPlatform(center.context.database, "城市预约平台", MONDAY_NINE);
  otherKey = await addPlatform(center.context.database, "other", MONDAY_NINE);
});
afterAll(async () => {
  await center.stop();
});

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  as = key,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${center.url}/api/platform/halls/test-hall/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const codeOf = (answer: { body: Record<string, unknown> }): unknown => (answer.body["error"] as { code: string }).code;

describe("appointments of the city's own platform", () => {
  it("lets in nobody without a platform's key", async () => {
    expect((await ask("GET", "slots?business=A", undefined, "x".repeat(40))).status).toBe(401);
    expect((await ask("PUT", "appointments/x1", booking, "short")).status).toBe(401);
  });

  it("tells days and slots", async () => {
    const answer = await ask("GET", "slots?business=A&day=2026-11-24");
    const { days, slots } = answer.body as unknown as PlatformSlots;
    expect(days[0]).toBe("2026-11-23");
    expect(slots[0]).toEqual({ from: "09:00", to: "09:30", quota: 1, free: 1, closed: false });
  });

  it("takes a push once, however often it comes, also twice at the same time", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask("PUT", "appointments/x1", booking)));
    const booked = answers.map(({ body }) => (body as unknown as PlatformAppointment).code);
    expect(new Set(booked).size).toBe(1);
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    const again = await ask("PUT", "appointments/x1", booking);
    expect(again).toMatchObject({ status: 200, body: { code: booked[0], state: "booked", to: "10:30" } });
    const { hall } = await center.context.halls.get("test-hall");
    expect(hall.state.appointments.size).toBe(1);
  });

  it("refuses with a typed error what does not fit", async () => {
    const other = { ...booking, person: { ...booking.person, idNumber: "440105199001010011" } };
    expect(codeOf(await ask("PUT", "appointments/x1", { ...booking, from: "11:00" }))).toBe("appointment_exists");
    expect(codeOf(await ask("PUT", "appointments/x2", other))).toBe("slot_full");
    const samePerson = { ...booking, from: "11:00", person: { ...booking.person, idNumber: "11010519491231002X" } };
    expect(codeOf(await ask("PUT", "appointments/x3", samePerson))).toBe("already_booked");
    expect(codeOf(await ask("PUT", "appointments/x4", { ...other, business: "B" }))).toBe("appointments_not_offered");
    expect(codeOf(await ask("PUT", "appointments/x5", { ...other, day: "2027-01-01" }))).toBe(
      "appointment_day_not_offered",
    );
    expect(await ask("PUT", "appointments/x6", { ...other, from: "ten" })).toMatchObject({
      status: 400,
      body: { error: { code: "bad_request", params: { field: "from" } } },
    });
  });

  it("shows and cancels only to the platform whose it is", async () => {
    expect((await ask("GET", "appointments/x1", undefined, otherKey)).status).toBe(404);
    expect((await ask("DELETE", "appointments/x1", undefined, otherKey)).status).toBe(404);
    expect(await ask("DELETE", "appointments/x1")).toMatchObject({ status: 200, body: { state: "cancelled" } });
    expect(await ask("DELETE", "appointments/x1")).toMatchObject({ status: 200, body: { state: "cancelled" } });
    expect(codeOf(await ask("PUT", "appointments/x1", booking))).toBe("appointment_exists");
    expect((await ask("PUT", "appointments/x7", booking)).status).toBe(201);
  });

  it("keeps name and number out of the log, and tells the desk alone how to reach them, masked", async () => {
    const { rows } = await center.context.database.query<{ data: string }>("SELECT data FROM events");
    expect(rows.map(({ data }) => data).join()).not.toMatch(/张晓明|13800005678|11010519491231002/);
    const { hall } = await center.context.halls.get("test-hall");
    const contactId = [...hall.state.appointments.values()].find(({ state }) => state === "booked")?.contactId;
    const desk = await center.enrol("desk");
    const clerkId = await center.addClerk("3001", "赵值班");
    await center.login(desk, "3001");
    const asker = { deviceId: desk.deviceId, secret: desk.secret, clerkId };
    expect(await post(`${center.url}${DESK_CONTACT_PATH}`, { ...asker, contactId })).toEqual({
      status: 200,
      body: { name: "张**", phone: "138****5678" },
    });
    expect(await post(`${center.url}${DESK_CLERKS_PATH}`, asker)).toMatchObject({
      status: 200,
      body: { clerks: [{ clerkId, clerkNo: "3001", name: "赵值班" }] },
    });
    // What a terminal kept there need not be what it should be.
    await center.context.database.query("UPDATE personal SET box = decode($2, 'base64') WHERE id = $1", [
      contactId,
      center.context.personal.seal("test-hall", { id: contactId ?? "", kind: "contact", value: "xxxxxxxxxx" }),
    ]);
    expect((await post(`${center.url}${DESK_CONTACT_PATH}`, { ...asker, contactId })).status).toBe(404);
    const kiosk = await center.enrol("kiosk");
    const nosy = { deviceId: kiosk.deviceId, secret: kiosk.secret, clerkId };
    expect((await post(`${center.url}${DESK_CLERKS_PATH}`, nosy)).status).toBe(401);
    expect((await post(`${center.url}${DESK_CLERKS_PATH}`, { ...asker, clerkId: "other" })).status).toBe(401);
  });
});
