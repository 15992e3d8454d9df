import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { desk, nodeActor, TestHall } from "../../shared/testing/hall-fixture.ts";

/** A licence about to expire: its light, and the message that the node sent about it. */
export const goldenLedgerNode = (): readonly DomainEvent[] => {
  const hall = new TestHall();
  const entryId = "e1";
  hall.give(desk("wang"), "OpenLedgerEntry", {
    entryId,
    ledgerId: "renewal",
    values: { licence: "食品经营许可证", expiresOn: "2026-12-10", department: "市场监管局" },
    sealed: { holder: "box-1", phone: "box-1", licenceNo: "box-1" },
  });
  hall.give(nodeActor, "EscalateLedgerEntry", { entryId, run: 0, step: "yellow" });
  const message = { entryId, reminderId: "expiry", run: 0 } as const;
  hall.give(nodeActor, "RemindLedgerEntry", { ...message, outcome: "queued", detail: "" });
  hall.give(nodeActor, "RemindLedgerEntry", { ...message, outcome: "sent", detail: "R1" });
  return hall.log;
};
