import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import { clerk, kiosk, nodeActor, TestHall, testPlan } from "../../shared/testing/hall-fixture.ts";

const desk: Actor = { role: "desk", deviceId: "desk-1", clerkId: "wang", counterId: null };

/** A day with appointments, moved businesses, notices and a mis-click that is taken back. */
export const goldenQueue = (): readonly DomainEvent[] => {
  const plan = testPlan();
  const hall = new TestHall(
    hallPlanSchema.parse({
      ...plan,
      businesses: plan.businesses.map((business) => ({ ...business, appointmentsPerSlot: 2 })),
    }),
  );
  const book = (appointmentId: string, from: string): void => {
    hall.give(desk, "BookAppointment", {
      appointmentId,
      businessId: "A",
      day: "2026-11-23",
      from,
      channel: "desk",
      itemCode: null,
      itemName: null,
      personKey: appointmentId,
      contactId: null,
    });
  };
  hall.give(desk, "OpenCounter", { counterId: "1" });
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.give(desk, "SetCounterBusinesses", { counterId: "1", businesses: ["A"] });
  for (const [id, from] of [
    ["a1", "09:30"],
    ["a2", "10:00"],
    ["a3", "10:30"],
  ] as const)
    book(id, from);
  hall.give(desk, "CancelAppointment", { appointmentId: "a2", reason: "person" });
  const wish = { businessId: "A", class: "ordinary", itemCode: null, itemName: null, personKey: null } as const;
  hall.give(kiosk(), "TakeTicket", { ...wish, ticketId: "t1", appointmentId: "a1" });
  for (const noticeId of ["n1", "n2"])
    hall.give(desk, "PublishNotice", {
      noticeId,
      text: "三号窗口暂停",
      textEn: "",
      tone: "info",
      places: ["board"],
      until: null,
    });
  hall.give(desk, "WithdrawNotice", { noticeId: "n1" });
  hall.give(clerk("zhang"), "CallNext", { counterId: "1" });
  hall.give(clerk("zhang"), "BeginService", { ticketId: "t1", counterId: "1" });
  hall.now += 60_000;
  hall.give(clerk("zhang"), "EndService", { ticketId: "t1", counterId: "1" });
  hall.give(clerk("zhang"), "ReopenService", { ticketId: "t1", counterId: "1" });
  hall.now += 86_400_000;
  hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
  return hall.log;
};
