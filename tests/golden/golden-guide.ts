import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { health, ORDER, OrderHall } from "../../shared/testing/work-order-fixture.ts";

/** An order whose answer asks for another text of the guide, and the guide changed because of it. */
export const goldenGuide = (): readonly DomainEvent[] => {
  const hall = new OrderHall();
  hall.raise();
  hall.takeIn();
  hall.dispatch();
  hall.accept();
  hall.answer({ cause: "guideUnclear", guideChange: "写明场地证明的三种形式" });
  hall.give(health, "RecordGuideChange", { orderId: ORDER, what: "材料三已列明场地证明的三种形式" });
  return hall.log;
};
