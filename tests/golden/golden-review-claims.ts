import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { kiosk, TestHall } from "../../shared/testing/hall-fixture.ts";

/** A review that was given at a kiosk by the number of a ticket. */
export const goldenReviewClaims = (): readonly DomainEvent[] => {
  const hall = new TestHall();
  hall.give(
    kiosk("k1"),
    "ClaimReview",
    {
      claimId: "claim-1",
      number: "A001",
      checkId: "check-1",
      level: 2,
      tags: ["210"],
      elapsedMs: 4_000,
      totalMs: 9_000,
      input: "touch",
      textId: null,
      phoneId: null,
    },
    { mode: "record" },
  );
  return hall.log;
};
