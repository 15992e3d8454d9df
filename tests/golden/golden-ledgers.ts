import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { desk, TestHall } from "../../shared/testing/hall-fixture.ts";

/** A request of an enterprise from its opening to its end, with everything that ledgers have an event for. */
export const goldenLedgers = (): readonly DomainEvent[] => {
  const hall = new TestHall();
  const wang = desk("wang");
  const entryId = "e1";
  const step = { entryId, sealed: {}, note: "" } as const;
  hall.give(wang, "OpenLedgerEntry", {
    entryId,
    ledgerId: "enterprise",
    values: { channel: "hotline", topic: "permit", request: "开办餐饮店，材料反复补正" },
    sealed: { enterprise: "box-1", phone: "box-1" },
  });
  hall.give(wang, "MoveLedgerEntry", { ...step, moveId: "dispatch", values: { department: "市场监管局" } });
  hall.give(wang, "MoveLedgerEntry", { ...step, moveId: "coordinate", values: {}, note: "需市级明确口径" });
  hall.now += 2 * 86_400_000;
  hall.give(wang, "MoveLedgerEntry", { ...step, moveId: "resume", values: {}, note: "市级已明确口径" });
  hall.give(wang, "AmendLedgerEntry", { entryId, values: { topic: "policy" }, sealed: {}, reason: "企业来电更正" });
  hall.give(wang, "MoveLedgerEntry", { ...step, moveId: "answer", values: { answer: "已一次性告知全部材料" } });
  hall.give(desk("liu"), "MoveLedgerEntry", { ...step, moveId: "close", values: { isContent: "content" } });
  return hall.log;
};
