import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APPOINTMENT_BOOK_PATH,
  APPOINTMENT_CANCEL_PATH,
  APPOINTMENT_FIND_PATH,
  APPOINTMENT_OFFER_PATH,
  APPOINTMENT_SLOTS_PATH,
  type AppointmentOffer,
  type AppointmentSlots,
  type AppointmentView,
} from "../../shared/contract/appointment-page.ts";
import { idNumberDigest } from "../../shared/domain/appointment/person.ts";
import { MONDAY_NINE } from "../../shared/testing/hall-fixture.ts";
import { post, startCenter, testPlan, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";

/*
 * Somebody makes an appointment on a phone, sees it again with its code and the ID number, and gives it back. The node
 * stands on a real database; the kiosk checks the same person in, and knows nobody.
 */
const WANG = "11010519491231002X";
const LI = "440524188001010014";
const TUESDAY = "2026-11-24";
const plan = {
  ...testPlan,
  businesses: testPlan.businesses.map((business) => ({
    ...business,
    appointmentsPerSlot: 1,
    department: business.id === "A" ? "市监局" : "",
  })),
};

let center: TestCenter;
let now = MONDAY_NINE;
beforeAll(async () => {
  center = await startCenter({ plan, clock: () => now });
});
afterAll(() => center.stop());

const ask = async <T>(path: string, body: object): Promise<{ status: number; body: T }> =>
  (await post(`${center.url}${path}`, { hallId: "test-hall", ...body })) as { status: number; body: T };
const wish = (more: object = {}) => ({
  appointmentId: uuidv7(),
  businessId: "A",
  day: TUESDAY,
  from: "10:00",
  idNumber: WANG,
  name: "张晓明",
  phone: "13800005678",
  ...more,
});
const faultOf = (answer: { body: unknown }): { code: string; params: object } =>
  (answer.body as { error: { code: string; params: object } }).error;
const freeAt = async (from: string): Promise<number | undefined> => {
  const { body } = await ask<AppointmentSlots>(APPOINTMENT_SLOTS_PATH, { businessId: "A", day: TUESDAY });
  return body.slots.find((slot) => slot.from === from)?.free;
};

let booked: AppointmentView;

describe("appointments on a phone", () => {
  it("offers days and slots, of a hall that one has to know", async () => {
    const { body } = await ask<AppointmentOffer>(APPOINTMENT_OFFER_PATH, {});
    expect(body).toMatchObject({ hallId: "test-hall", hall: { nameEn: "Test hall" } });
    expect(body.businesses.map(({ id }) => id)).toEqual(["A", "B"]);
    expect(body.businesses[0]?.days[1]).toBe(TUESDAY);
    expect(await freeAt("10:00")).toBe(1);
    expect((await ask(APPOINTMENT_OFFER_PATH, { hallId: "elsewhere" })).status).toBe(404);
    expect((await ask(APPOINTMENT_OFFER_PATH, { hallId: "" })).status).toBe(200);
  });

  it("books once, however often the answer got lost, and leaves nothing of the person behind but a sealed record", async () => {
    const mine = wish();
    const answer = await ask<AppointmentView>(APPOINTMENT_BOOK_PATH, mine);
    expect(answer.status).toBe(200);
    booked = answer.body;
    expect(booked).toMatchObject({ day: TUESDAY, from: "10:00", to: "10:30", state: "booked" });
    expect(booked.code).toMatch(/^\d{8}$/);
    expect((await ask<AppointmentView>(APPOINTMENT_BOOK_PATH, mine)).body).toEqual(booked);
    expect(await freeAt("10:00")).toBe(0);
    const { rows } = await center.context.database.query<{ data: string }>("SELECT data::text AS data FROM events");
    const log = rows.map(({ data }) => data).join();
    expect(log).toContain(booked.code);
    for (const secret of [WANG, "张晓明", "13800005678", idNumberDigest(WANG)]) {
      expect(log).not.toContain(secret);
      expect(JSON.stringify(booked)).not.toContain(secret);
    }
    const kept = await center.context.database.query("SELECT 1 FROM personal WHERE kind = 'contact'");
    expect(kept.rows).toHaveLength(1);
  });

  it("keeps to the quota, to one a day and department, and to the node's own time", async () => {
    expect(faultOf(await ask(APPOINTMENT_BOOK_PATH, wish({ idNumber: LI })))).toMatchObject({ code: "slot_full" });
    const again = faultOf(await ask(APPOINTMENT_BOOK_PATH, wish({ from: "11:00" })));
    // When and where somebody else goes is not told to whoever types their number.
    expect(again).toEqual({ code: "already_booked", message: expect.any(String) as string, params: {} });
    expect(faultOf(await ask(APPOINTMENT_BOOK_PATH, wish({ idNumber: LI, from: "03:00" }))).code).toBe("slot_unknown");
    expect(faultOf(await ask(APPOINTMENT_BOOK_PATH, wish({ idNumber: LI, day: "2026-11-22" }))).code).toBe(
      "appointment_day_not_offered",
    );
  });

  it("takes no number with a slip in it, and no half of a request", async () => {
    for (const idNumber of ["110105194912310021", "1101051949123100", "12", ""]) {
      const answer = await ask(APPOINTMENT_BOOK_PATH, wish({ idNumber, from: "11:30" }));
      expect(answer.status).toBe(400);
      expect(faultOf(answer)).toMatchObject({ code: "bad_request", params: { field: "idNumber" } });
    }
    for (const more of [{ name: "" }, { from: "9" }, { day: "tomorrow" }, { appointmentId: "1" }, { name: null }])
      expect((await ask(APPOINTMENT_BOOK_PATH, wish({ from: "11:30", ...more }))).status).toBe(400);
    expect(await freeAt("11:30")).toBe(1);
  });

  it("is seen with code and number only, and a wrong one of the two is not told apart", async () => {
    const { code } = booked;
    expect((await ask(APPOINTMENT_FIND_PATH, { code, idNumber: "11010519491231002x" })).body).toEqual(booked);
    const wrongPerson = await ask(APPOINTMENT_FIND_PATH, { code, idNumber: LI });
    const wrongCode = await ask(APPOINTMENT_FIND_PATH, { code: "00000000", idNumber: WANG });
    expect(wrongPerson).toEqual(wrongCode);
    expect(wrongPerson.status).toBe(404);
  });

  it("is cancelled by its holder, twice for all it matters, and the place is free again", async () => {
    const { code } = booked;
    expect((await ask(APPOINTMENT_CANCEL_PATH, { code, idNumber: LI })).status).toBe(404);
    expect(await freeAt("10:00")).toBe(0);
    for (let time = 0; time < 2; time += 1)
      expect((await ask(APPOINTMENT_CANCEL_PATH, { code, idNumber: WANG })).body).toMatchObject({ state: "cancelled" });
    expect(await freeAt("10:00")).toBe(1);
  });

  it("is one person with whoever lays the card on the kiosk", async () => {
    await ask(APPOINTMENT_BOOK_PATH, wish({ from: "14:00" }));
    const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    const data = {
      appointmentId: uuidv7(),
      businessId: "A",
      day: TUESDAY,
      from: "15:00",
      channel: "kiosk" as const,
      itemCode: null,
      itemName: null,
      personKey: null,
      contactId: null,
    };
    const personal = [{ id: uuidv7(), kind: "person" as const, value: `idCard:${idNumberDigest(WANG)}` }];
    expect(await kiosk.send("BookAppointment", data, { personal })).toMatchObject({
      status: "refused",
      refusal: { code: "already_booked" },
    });
    expect([...kiosk.state.appointments.values()].every(({ personKey }) => personKey === null)).toBe(true);
    kiosk.close();
  });

  it("tells the number that was taken for it, and cannot be cancelled then", async () => {
    const { body } = await ask<AppointmentView>(APPOINTMENT_BOOK_PATH, wish({ businessId: "B", idNumber: LI }));
    now = MONDAY_NINE + 24.5 * 3_600_000;
    const kiosk = await NodeClient.connect({ url: center.url, ...(await center.enrol("kiosk")) });
    await kiosk.until(() => kiosk.state.day === TUESDAY);
    const held = [...kiosk.state.appointments.values()].find(({ code }) => code === body.code);
    expect(
      await kiosk.send("TakeTicket", {
        ticketId: uuidv7(),
        businessId: "B",
        class: "appointment",
        itemCode: null,
        itemName: null,
        personKey: null,
        appointmentId: held?.id ?? "",
      }),
    ).toMatchObject({ status: "accepted" });
    const holder = { code: body.code, idNumber: LI };
    expect((await ask(APPOINTMENT_FIND_PATH, holder)).body).toMatchObject({ state: "arrived", number: "YB001" });
    expect(faultOf(await ask(APPOINTMENT_CANCEL_PATH, holder)).code).toBe("appointment_checked_in");
    kiosk.close();
  });

  it("lets nobody try one code with one number after the other", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1)
      statuses.push((await ask(APPOINTMENT_FIND_PATH, { code: "12345678", idNumber: WANG })).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429]);
  });
});
