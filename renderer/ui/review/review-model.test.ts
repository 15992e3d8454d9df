import fc from "fast-check";
import { describe, expect, it } from "vitest";
import tagsFile from "../../../data/review-tags.json";
import zh from "../../locales/zh-CN/review.json";
import type { CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";
import type { ReviewLevel } from "../../../shared/domain/review/review.ts";
import {
  deadlineOf,
  lacksOf,
  mergeScreens,
  newReviewModel,
  nextReview,
  readFinished,
  THANKS_MS,
  type Invitation,
  type ReviewAction,
  type ReviewModel,
} from "./review-model.ts";
import { tagsOfLevel } from "../../../shared/domain/review/review-tags.ts";

const invitation = (reviewId: string, expiresAt = 60_000): Invitation => ({ reviewId, number: "A001", expiresAt });
const started = nextReview(newReviewModel, { do: "started", finished: [] });
const run = (actions: readonly ReviewAction[], from: ReviewModel = started): ReviewModel =>
  actions.reduce(nextReview, from);
const invited = (reviewId: string, now = 0): ReviewAction => ({ do: "invited", invitation: invitation(reviewId), now });

describe("the review screen", () => {
  it("opens an invitation with nothing chosen", () => {
    const { stage } = run([invited("t.1")]);
    expect(stage).toMatchObject({ at: "asking", answer: { level: null, tags: [], text: "", phone: "" } });
  });

  it("opens nothing before it knows what was answered earlier", () => {
    const early = nextReview(newReviewModel, invited("t.1"));
    expect(early).toBe(newReviewModel);
    const knowing = nextReview(newReviewModel, { do: "started", finished: ["t.1"] });
    expect(run([invited("t.1")], knowing).stage.at).toBe("resting");
  });

  it("opens the same invitation once, whether it comes from the node, from the window, or again after the answer", () => {
    const asking = run([invited("t.1"), { do: "choose", level: 5, now: 10 }]);
    expect(run([invited("t.1", 20)], asking)).toBe(asking);
    const done = run(
      [{ do: "send" }, { do: "given", now: 30 }, { do: "tick", now: 30 + THANKS_MS }, invited("t.1", 40)],
      asking,
    );
    expect(done.stage.at).toBe("resting");
  });

  it("opens nothing that is over already", () => {
    expect(run([invited("t.1", 60_000)]).stage.at).toBe("resting");
  });

  it("is not closed by what the clerk does next, once somebody has touched it", () => {
    const asking = run([invited("t.1"), { do: "choose", level: 1, now: 10 }]);
    expect(run([{ do: "invited", invitation: null, now: 11 }, invited("t.2", 12)], asking)).toBe(asking);
    const after = run([{ do: "ended", reviewId: "t.1" }, invited("t.2", 13)], asking);
    expect(after.stage).toMatchObject({ at: "asking", invitation: { reviewId: "t.2" }, answer: { level: null } });
  });

  it("gives way to a newer invitation while nobody has touched it", () => {
    expect(run([invited("t.1"), invited("t.2", 5)]).stage).toMatchObject({ invitation: { reviewId: "t.2" } });
  });

  it("measures from the faces to the choice, and changing the level drops tags and words", () => {
    const { stage } = run([
      invited("t.1", 100),
      { do: "choose", level: 1, now: 1_600 },
      { do: "tag", code: "108", now: 1_700 },
      { do: "text", text: "等太久", now: 1_800 },
      { do: "choose", level: 4, now: 2_100 },
    ]);
    expect(stage).toMatchObject({ answer: { level: 4, chosenAfterMs: 2_000, tags: [], text: "" } });
  });

  it("lets a good one go at once and asks a bad one for a tag or words", () => {
    const answerOf = (model: ReviewModel) => {
      if (model.stage.at !== "asking") throw new Error("not asking");
      return model.stage.answer;
    };
    for (const level of [3, 4, 5] as const)
      expect(lacksOf(answerOf(run([invited("t.1"), { do: "choose", level, now: 1 }])))).toBeNull();
    for (const level of [1, 2] as const) {
      const chosen = run([invited("t.1"), { do: "choose", level, now: 1 }]);
      expect(lacksOf(answerOf(chosen))).toBe("tagOrText");
      expect(nextReview(chosen, { do: "send" })).toBe(chosen);
      const withTag = nextReview(chosen, { do: "tag", code: "207", now: 2 });
      expect(lacksOf(answerOf(withTag))).toBeNull();
      expect(lacksOf(answerOf(nextReview(chosen, { do: "text", text: " 态度不好 ", now: 2 })))).toBeNull();
      expect(lacksOf(answerOf(nextReview(withTag, { do: "text", text: "长".repeat(151), now: 3 })))).toBe("shorter");
      expect(lacksOf(answerOf(nextReview(withTag, { do: "phone", phone: "138", now: 3 })))).toBe("phone");
      expect(lacksOf(answerOf(nextReview(withTag, { do: "phone", phone: "13800138000", now: 3 })))).toBeNull();
    }
    expect(lacksOf(answerOf(run([invited("t.1")])))).toBe("level");
  });

  it("counts the time-out from the invitation, and anew from each touch", () => {
    const untouched = run([invited("t.1", 10)]).stage;
    const touched = run([invited("t.1", 10), { do: "choose", level: 2, now: 50_000 }]).stage;
    if (untouched.at !== "asking" || touched.at !== "asking") throw new Error("not asking");
    expect(deadlineOf(untouched, 60)).toBe(60_000);
    expect(deadlineOf(touched, 60)).toBe(110_000);
  });

  it("thanks for three seconds and then holds no trace", () => {
    const thanks = run([
      invited("t.1"),
      { do: "choose", level: 1, now: 1 },
      { do: "text", text: "x", now: 2 },
      { do: "send" },
      { do: "given", now: 5 },
    ]);
    expect(thanks.stage).toEqual({ at: "thanks", until: 5 + THANKS_MS });
    expect(nextReview(thanks, { do: "tick", now: 5 + THANKS_MS - 1 })).toBe(thanks);
    const rest = nextReview(thanks, { do: "tick", now: 5 + THANKS_MS });
    expect(rest).toEqual({ stage: { at: "resting" }, finished: ["t.1"] });
  });

  it("keeps the answer when it could not be kept on disk", () => {
    const failed = run([invited("t.1"), { do: "choose", level: 5, now: 1 }, { do: "send" }, { do: "notKept" }]);
    expect(failed.stage).toMatchObject({ at: "asking", isFailed: true, isSending: false, answer: { level: 5 } });
  });

  it("never has a level that nobody chose, whatever happens", () => {
    const now = fc.nat(200_000);
    const action: fc.Arbitrary<ReviewAction> = fc.oneof(
      fc.record({
        do: fc.constant("invited" as const),
        invitation: fc.option(fc.nat(5).map((n) => invitation(`t.${n}`))),
        now,
      }),
      fc.record({ do: fc.constant("tick" as const), now }),
      fc.record({ do: fc.constant("touch" as const), now }),
      fc.record({ do: fc.constant("again" as const), now }),
      fc.nat(5).map((n) => ({ do: "ended" as const, reviewId: `t.${n}` })),
      fc.constant({ do: "send" as const }),
      fc.constant({ do: "notKept" as const }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const { stage } = run(actions);
        expect(stage.at === "asking" ? stage.answer.level : null).toBeNull();
      }),
    );
  });

  it("reads no finished reviews out of a damaged draft", () => {
    expect(readFinished(null)).toEqual([]);
    expect(readFinished(["a", 3, "b"])).toEqual(["a", "b"]);
  });
});

describe("what the applicant's side shows", () => {
  const node: CounterScreen = {
    counterId: "1",
    counterNumber: 1,
    state: "free",
    number: null,
    review: null,
    applicant: null,
  };

  it("believes the window beside it first, and takes an invitation from either", () => {
    const fromWindow: CounterScreen = { ...node, state: "serving", number: "A002" };
    expect(mergeScreens(node, null)).toBe(node);
    expect(mergeScreens(node, fromWindow)).toMatchObject({ state: "serving", number: "A002" });
    const inviting = { ...node, review: invitation("t.1") };
    expect(mergeScreens(inviting, fromWindow).review).toEqual(invitation("t.1"));
    expect(mergeScreens(node, { ...fromWindow, review: invitation("t.2") }).review?.reviewId).toBe("t.2");
    expect(mergeScreens(node, { ...fromWindow, counterId: "2" })).toBe(node);
  });
});

describe("the standard tags", () => {
  it("are those of data/review-tags.json, by code, order and name", () => {
    for (const level of [5, 4, 3, 2, 1] as const satisfies readonly ReviewLevel[]) {
      const wanted = tagsFile.tags.filter((tag) => tag.level === level);
      expect(tagsOfLevel[level].map((tag) => tag.code)).toEqual(wanted.map((tag) => tag.code));
      expect(tagsOfLevel[level].map((tag) => tag.isMore)).toEqual(wanted.map((tag) => tag.expand));
    }
    const names: Readonly<Record<string, string>> = zh.tag;
    expect(names).toEqual(Object.fromEntries(tagsFile.tags.map((tag) => [tag.code, tag.name])));
    expect(Object.values(zh.level)).toEqual(
      [...tagsFile.levels].sort((one, other) => one.code - other.code).map((level) => level.name),
    );
  });
});
