import { expect, it } from "vitest";
import { clerk, reviewScreen, TestHall } from "../../testing/hall-fixture.ts";

it("keeps a review that reached the node before the service it is of", () => {
  const hall = new TestHall();
  hall.give(clerk("zhang"), "OpenCounter", { counterId: "1" });
  hall.take("t1");
  const given = {
    reviewId: "t1.1",
    counterId: "1",
    level: 5,
    tags: [],
    elapsedMs: 5_000,
    channel: "tablet",
    textId: null,
    phoneId: null,
  } as const;
  hall.give(reviewScreen("1"), "GiveReview", { ...given, tags: [] }, { mode: "record" });
  for (const type of ["CallNext", "BeginService", "EndService"] as const)
    hall.give(clerk("zhang"), type, { counterId: "1", ticketId: "t1" }, { mode: "record" });
  expect(hall.state.reviews.get("t1.1")).toMatchObject({ state: "given", level: 5, ticketId: "t1", number: "A001" });
});
