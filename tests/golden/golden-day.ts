import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { happened } from "../../shared/domain/hall/decision.ts";
import { clerk, kiosk, nodeActor, reviewScreen, TestHall, testId } from "../../shared/testing/hall-fixture.ts";

/** A day in which everything happens that version 1 has an event for. */
export const goldenDay = (): readonly DomainEvent[] => {
  const hall = new TestHall();
  const zhang = clerk("zhang");
  const li = clerk("li");
  const record = { mode: "record" } as const;
  hall.give(zhang, "OpenCounter", { counterId: "1" });
  hall.give(li, "OpenCounter", { counterId: "2", businesses: ["B"] });
  hall.give(kiosk("k1"), "LeaseNumbers", { days: ["2026-11-23", "2026-11-24"] });
  hall.take("t1");
  hall.take("t2", "A", "priority");
  hall.take("t3", "B", "green");
  hall.take("t4", "B");
  const wish = { businessId: "A", class: "ordinary", itemCode: "i1", itemName: "社保卡申领", personKey: "p1" } as const;
  hall.give(kiosk("k1"), "TakeTicket", { ...wish, ticketId: "t5", lease: { day: "2026-11-23", serial: 995 } }, record);
  hall.give(kiosk("k1"), "TakeTicket", { ...wish, ticketId: "t6", lease: { day: "2026-11-23", serial: 995 } }, record);
  hall.give(kiosk("k1"), "RecordPrint", { ticketId: "t1", outcome: "printed" });
  hall.give(zhang, "PinTicket", { ticketId: "t1", reason: "孕妇" });
  hall.now += 60_000;
  hall.give(zhang, "CallNext", { counterId: "1" }, { id: testId(900) });
  hall.give(zhang, "WithdrawCall", { callCommandId: testId(900) }, record);
  hall.give(zhang, "CallNext", { counterId: "1" });
  hall.now += 20_000;
  hall.give(zhang, "RecallTicket", { ticketId: "t1", counterId: "1" });
  hall.give(zhang, "BeginService", { ticketId: "t1", counterId: "1" });
  hall.give(zhang, "ParkService", { ticketId: "t1", counterId: "1", reason: "复印材料" });
  hall.give(zhang, "ResumeService", { ticketId: "t1", counterId: "1" });
  hall.now += 300_000;
  hall.give(zhang, "EndService", { ticketId: "t1", counterId: "1" });
  const review = {
    reviewId: "t1.1",
    counterId: "1",
    level: 2,
    tags: ["210"],
    elapsedMs: 400,
    channel: "secondDisplay",
    textId: "text-1",
    phoneId: null,
  } as const;
  hall.give(reviewScreen("1"), "GiveReview", { ...review, tags: [...review.tags] }, record);
  hall.give(reviewScreen("1"), "GiveReview", { ...review, level: 4, tags: [], textId: null }, record);
  hall.give(li, "CallNext", { counterId: "2" });
  hall.give(li, "MissTicket", { ticketId: "t3", counterId: "2", reason: "三次未到" });
  hall.give(li, "ReturnTicket", { ticketId: "t3" });
  hall.give(li, "CallNext", { counterId: "2" });
  hall.give(li, "BeginService", { ticketId: hall.state.counters.get("2")?.ticketId ?? "", counterId: "2" });
  hall.give(li, "EndService", { ticketId: hall.state.counters.get("2")?.ticketId ?? "", counterId: "2" });
  const second = [...hall.state.reviews.keys()].find((id) => id !== "t1.1") ?? "";
  hall.give(reviewScreen("2"), "CloseReview", { reviewId: second, counterId: "2", reason: "timeout" }, record);
  hall.give(zhang, "CallNext", { counterId: "1" });
  hall.give(
    zhang,
    "TransferTicket",
    {
      ticketId: hall.state.counters.get("1")?.ticketId ?? "",
      counterId: "1",
      toBusinessId: "B",
      toCounterId: null,
      reason: "转个人业务",
    },
  );
  hall.give(zhang, "CancelTicket", { ticketId: "t5", reason: "本人放弃" });
  hall.give(zhang, "PauseCounter", { counterId: "1", reason: "午休" });
  hall.give(zhang, "ResumeCounter", { counterId: "1" });
  hall.give(kiosk("k1"), "RequestHelp", { helpId: "h1", place: "一号取号机" }, record);
  hall.give(zhang, "AnswerHelp", { helpId: "h1" });
  const day = [...hall.log];
  hall.give(zhang, "CloseCounter", { counterId: "1" });
  const closing = hall.log.slice(day.length);
  const beforeNight = hall.log.length;
  hall.give(nodeActor, "OpenDay", { day: "2026-11-24" });
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.take("n1");
  // Terminals meet this one in place of the three kinds of end; it is never in a node's log.
  const redacted = happened("ReviewClosed", hall.now, { reviewId: "n0.1", counterId: "1" });
  return [...day, ...closing, ...hall.log.slice(beforeNight), redacted];
};
