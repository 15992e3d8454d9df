import { expect, it } from "vitest";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { followDigest } from "../../shared/domain/kiosk/ticket-page.ts";
import { clerk, kiosk, TestHall, testId, testPlan, ticketWish } from "../../shared/testing/hall-fixture.ts";
import { ticketPageView } from "./ticket-view.ts";

const SECRET = "00112233445566778899aabbccddeeff";

/** The last of seven people of ten minutes each, on a Monday at nine, in a hall that closes at `closing`. */
const lastOfSeven = (closing: string) => {
  const open = [{ from: "09:00", to: closing }];
  const week = { mon: open, tue: open, wed: open, thu: open, fri: open, sat: [], sun: [] };
  const hall = new TestHall(
    hallPlanSchema.parse({ ...testPlan(), hours: { week, followHolidays: false, days: [], lastTicketMinutes: 0 } }),
  );
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  for (let n = 1; n <= 7; n += 1)
    hall.give(kiosk(), "TakeTicket", ticketWish(testId(900 + n), { followHash: followDigest(SECRET) }));
  const key = { hallId: "test-hall", ticketId: testId(907), secret: SECRET };
  return ticketPageView(hall.state, key, hall.now, () => null);
};

it("tells somebody whose turn would come after closing that it would, not that nothing is known", () => {
  expect(lastOfSeven("09:30")).toMatchObject({ ahead: 6, minutes: null, afterClosing: true });
  expect(lastOfSeven("17:00")).toMatchObject({
    ahead: 6,
    afterClosing: false,
    minutes: { from: expect.any(Number) as number },
  });
});
