import { isBad, reviewLacks, type ReviewLevel } from "../../../shared/domain/review/review.ts";
import type { CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";

/** An invitation to review the service that has just ended. */
export type Invitation = NonNullable<CounterScreen["review"]>;

export interface Answer {
  readonly level: ReviewLevel | null;
  /** From the faces being shown to the choice of this level. */
  readonly chosenAfterMs: number;
  readonly tags: readonly string[];
  readonly text: string;
  readonly phone: string;
}

export type Stage =
  /** What was answered before a restart is not known yet; nothing is opened. */
  | { readonly at: "starting" }
  | { readonly at: "resting" }
  | {
      readonly at: "asking";
      readonly invitation: Invitation;
      readonly openedAt: number;
      /** Last touch of the person; null while nobody has touched. */
      readonly touchedAt: number | null;
      readonly answer: Answer;
      readonly isSending: boolean;
      /** The last try to keep it failed. */
      readonly isFailed: boolean;
    }
  | { readonly at: "thanks"; readonly until: number };

export interface ReviewModel {
  readonly stage: Stage;
  /** Invitations that are over here; they never open again, also after a restart. Newest last. */
  readonly finished: readonly string[];
}

export type ReviewAction =
  | { readonly do: "started"; readonly finished: readonly string[] }
  | { readonly do: "invited"; readonly invitation: Invitation | null; readonly now: number }
  | { readonly do: "choose"; readonly level: ReviewLevel; readonly now: number }
  | { readonly do: "tag"; readonly code: string; readonly now: number }
  | { readonly do: "text"; readonly text: string; readonly now: number }
  | { readonly do: "phone"; readonly phone: string; readonly now: number }
  | { readonly do: "again"; readonly now: number }
  | { readonly do: "touch"; readonly now: number }
  | { readonly do: "send" }
  | { readonly do: "notKept" }
  /** Given, kept on this terminal. */
  | { readonly do: "given"; readonly now: number }
  /** Ended without a review: declined, timed out, or over before it was seen. */
  | { readonly do: "ended"; readonly reviewId: string }
  | { readonly do: "tick"; readonly now: number };

export const THANKS_MS = 3_000;
const FINISHED_KEPT = 100;
/** Longer than any phone number with its country code. */
export const PHONE_MAX = 20;

const noAnswer: Answer = { level: null, chosenAfterMs: 0, tags: [], text: "", phone: "" };

export const newReviewModel: ReviewModel = { stage: { at: "starting" }, finished: [] };

const finish = (model: ReviewModel, reviewId: string): readonly string[] =>
  model.finished.includes(reviewId) ? model.finished : [...model.finished, reviewId].slice(-FINISHED_KEPT);

/** What this screen does with an invitation that it hears of. */
export const isOpenFor = (model: ReviewModel, invitation: Invitation, now: number): boolean =>
  !model.finished.includes(invitation.reviewId) && invitation.expiresAt > now;

const open = (model: ReviewModel, invitation: Invitation, now: number): ReviewModel => ({
  ...model,
  stage: {
    at: "asking",
    invitation,
    openedAt: now,
    touchedAt: null,
    answer: noAnswer,
    isSending: false,
    isFailed: false,
  },
});

const invite = (model: ReviewModel, invitation: Invitation | null, now: number): ReviewModel => {
  const { stage } = model;
  if (stage.at === "starting" || stage.at === "thanks" || invitation === null) return model;
  if (!isOpenFor(model, invitation, now)) return model;
  if (stage.at === "asking") {
    if (stage.invitation.reviewId === invitation.reviewId) return model;
    // Somebody is answering: the clerk's next act does not close it. An older one that nobody touched is over.
    if (stage.touchedAt !== null) return model;
    return open({ ...model, finished: finish(model, stage.invitation.reviewId) }, invitation, now);
  }
  return open(model, invitation, now);
};

/**
 * The review screen after an act. Nothing is chosen before the person chooses; only the person, or time, ends it.
 * All instants are hall time in milliseconds.
 */
export const nextReview = (model: ReviewModel, action: ReviewAction): ReviewModel => {
  const { stage } = model;
  if (action.do === "started")
    return stage.at === "starting" ? { stage: { at: "resting" }, finished: action.finished } : model;
  if (action.do === "invited") return invite(model, action.invitation, action.now);
  if (action.do === "tick")
    return stage.at === "thanks" && action.now >= stage.until ? { ...model, stage: { at: "resting" } } : model;
  if (action.do === "ended") {
    const finished = finish(model, action.reviewId);
    const isShown = stage.at === "asking" && stage.invitation.reviewId === action.reviewId;
    return isShown ? { stage: { at: "resting" }, finished } : { ...model, finished };
  }
  if (stage.at !== "asking") return model;
  switch (action.do) {
    case "given":
      return {
        stage: { at: "thanks", until: action.now + THANKS_MS },
        finished: finish(model, stage.invitation.reviewId),
      };
    case "notKept":
      return { ...model, stage: { ...stage, isSending: false, isFailed: true } };
    case "send":
      return lacksOf(stage.answer) === null && !stage.isSending
        ? { ...model, stage: { ...stage, isSending: true, isFailed: false } }
        : model;
    default:
      return stage.isSending ? model : { ...model, stage: { ...stage, ...touch(stage, action) } };
  }
};

const touch = (
  stage: Extract<Stage, { at: "asking" }>,
  action: Extract<ReviewAction, { do: "choose" | "tag" | "text" | "phone" | "again" | "touch" }>,
): Pick<Extract<Stage, { at: "asking" }>, "touchedAt" | "answer"> => {
  const { answer, openedAt } = stage;
  const touched = (next: Partial<Answer>) => ({ touchedAt: action.now, answer: { ...answer, ...next } });
  switch (action.do) {
    case "touch":
      return touched({});
    case "choose":
      return action.level === answer.level
        ? touched({})
        : touched({ ...noAnswer, level: action.level, chosenAfterMs: Math.max(0, action.now - openedAt) });
    case "again":
      return touched(noAnswer);
    case "tag":
      return touched({
        tags: answer.tags.includes(action.code)
          ? answer.tags.filter((code) => code !== action.code)
          : [...answer.tags, action.code],
      });
    case "text":
      return touched({ text: action.text });
    case "phone":
      return touched({ phone: action.phone.replace(/[^\d+\- ]/g, "").slice(0, PHONE_MAX) });
    default:
      return action satisfies never;
  }
};

/** What is missing before the answer can be sent; a number for the call-back is optional, but not half of one. */
export const lacksOf = (answer: Answer): "level" | "tagOrText" | "shorter" | "phone" | null => {
  if (answer.level === null) return "level";
  const lacks = reviewLacks(answer.level, answer.tags, answer.text);
  if (lacks !== null) return lacks;
  const digits = answer.phone.replace(/\D/g, "").length;
  return isBad(answer.level) && digits > 0 && digits < 7 ? "phone" : null;
};

/** When the screen takes silence for "not reviewed"; each touch gives the whole time again. */
export const deadlineOf = (stage: Extract<Stage, { at: "asking" }>, reviewSeconds: number): number =>
  stage.touchedAt === null ? stage.invitation.expiresAt : stage.touchedAt + reviewSeconds * 1000;

/** Finished invitations as kept in a draft; anything else found there counts as none. */
export const readFinished = (draft: unknown): readonly string[] =>
  Array.isArray(draft) ? draft.filter((id): id is string => typeof id === "string").slice(-FINISHED_KEPT) : [];

/**
 * What the applicant's side shows, from the node's feed and from the window terminal beside it. The window knows first
 * what its clerk does, also while the node is away; an invitation counts from either side.
 */
export const mergeScreens = (fromNode: CounterScreen, fromWindow: CounterScreen | null): CounterScreen => {
  if (fromWindow === null || fromWindow.counterId !== fromNode.counterId) return fromNode;
  const reviews = [fromWindow.review, fromNode.review].filter((review) => review !== null);
  const [newest = null] = reviews.sort((one, other) => other.expiresAt - one.expiresAt);
  return { ...fromWindow, counterNumber: fromWindow.counterNumber ?? fromNode.counterNumber, review: newest };
};
