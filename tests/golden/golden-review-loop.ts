import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { clerk, desk, nodeActor, page, reviewScreen, TestHall } from "../../shared/testing/hall-fixture.ts";

/** A bad review on its way to closure, with everything that the review loop has an event for. */
export const goldenReviewLoop = (): readonly DomainEvent[] => {
  const hall = new TestHall();
  const zhang = clerk("zhang");
  const record = { mode: "record" } as const;
  hall.give(zhang, "OpenCounter", { counterId: "1" });
  const given = { counterId: "1", tags: ["210"], elapsedMs: 5_000, totalMs: 9_000, input: "touch" } as const;
  const serve = (ticketId: string): void => {
    hall.take(ticketId);
    hall.now += 600_000;
    hall.give(zhang, "CallNext", { counterId: "1" });
    hall.give(zhang, "BeginService", { ticketId, counterId: "1" });
    hall.give(zhang, "EndService", { ticketId, counterId: "1" });
  };
  const rectificationId = "t1.1";
  serve("t1");
  const words = { channel: "secondDisplay", textId: "text-1", phoneId: "phone-1" } as const;
  hall.give(reviewScreen("1"), "GiveReview", { ...given, tags: ["210"], ...words, reviewId: "t1.1", level: 2 }, record);
  const wang = desk("wang");
  const liu = desk("liu");
  hall.give(wang, "AssignRectification", { rectificationId, department: "市场监督管理局", reason: "事项由该局承办" });
  hall.give(wang, "VerifyRectification", { rectificationId, cause: "attitude", finding: "调阅录音后属实" });
  hall.give(wang, "AppealReview", { rectificationId, ground: "wrong", reason: "评的是另一窗口" });
  hall.give(liu, "DecideAppeal", { rectificationId, isUpheld: false, reason: "时间和窗口都对得上" });
  hall.give(wang, "MeasureRectification", { rectificationId, measure: "当面道歉并组织培训" });
  hall.give(wang, "AnswerRectification", { rectificationId, answer: "已向您道歉并改进服务" });
  hall.give(wang, "RecordCallBack", { rectificationId, outcome: "notSatisfied", note: "仍要求书面说明" });
  hall.now += 7 * 86_400_000;
  hall.give(nodeActor, "EscalateRectification", { rectificationId, round: 2, step: "yellow" });
  hall.give(wang, "VerifyRectification", { rectificationId, cause: "attitude", finding: "调阅录音后属实" });
  hall.give(wang, "MeasureRectification", { rectificationId, measure: "出具书面说明并送达" });
  hall.give(wang, "AnswerRectification", { rectificationId, answer: "书面说明已送达您处" });
  hall.give(wang, "RecordCallBack", { rectificationId, outcome: "satisfied", note: "表示认可处理结果" });
  hall.give(wang, "CloseRectification", { rectificationId });
  serve("t2");
  const fast = { ...given, tags: [], elapsedMs: 200, channel: "tablet", textId: null, phoneId: null } as const;
  hall.give(reviewScreen("1"), "GiveReview", { ...fast, tags: [], reviewId: "t2.1", level: 5 }, record);
  hall.give(wang, "JudgeReview", { reviewId: "t2.1", counts: false, reason: "窗口人员代点，录像可查" });
  const service = {
    ticketId: "t0",
    number: "A009",
    counterId: "2",
    clerkId: "li",
    businessId: "A",
    itemCode: "i1",
    itemName: "社保卡申领",
    caseId: null,
    isReviewed: false,
  };
  const byCode = { ...given, counterId: null, tags: ["110"], channel: "qr", textId: null, phoneId: null } as const;
  hall.give(page, "GiveReview", { ...byCode, tags: ["110"], reviewId: "t0.1", level: 1, service }, record);
  return hall.log;
};
