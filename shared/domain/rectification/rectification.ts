import { z } from "zod";
import { lightAt, stepsAt, type LightStep } from "../deadline/clock.ts";
import type { ReviewChannel, ReviewLevel } from "../review/review.ts";

/** Why a service was bad, as the department finds it; attitude is kept apart from what rules and equipment cause. */
export const rectificationCauseSchema = z.enum(["attitude", "rule", "material", "equipment", "system", "other"]);
export type RectificationCause = z.infer<typeof rectificationCauseSchema>;

export const callBackOutcomeSchema = z.enum(["satisfied", "notSatisfied", "unreachable"]);
export type CallBackOutcome = z.infer<typeof callBackOutcomeSchema>;

export const appealGroundSchema = z.enum(["wrong", "malicious"]);
export type AppealGround = z.infer<typeof appealGroundSchema>;

export type { LightStep };

export interface CallBack {
  readonly outcome: CallBackOutcome;
  readonly note: string;
  readonly at: number;
  readonly by: string | null;
}

export interface Appeal {
  readonly ground: AppealGround;
  readonly reason: string;
  readonly at: number;
  readonly by: string | null;
  /** Null until a second person has decided. */
  readonly decision: {
    readonly isUpheld: boolean;
    readonly reason: string;
    readonly at: number;
    readonly by: string | null;
  } | null;
}

/** The work order of a bad review: open until it was put right and the person was told. Instants in milliseconds. */
export interface Rectification {
  /** That of its review. */
  readonly id: string;
  readonly ticketId: string | null;
  readonly caseId: string | null;
  readonly number: string | null;
  readonly counterId: string | null;
  /** Who served; may not decide in the matter. */
  readonly clerkId: string | null;
  readonly businessId: string | null;
  readonly itemCode: string | null;
  readonly itemName: string | null;
  /** Who has to put it right. */
  readonly department: string;
  readonly level: ReviewLevel;
  readonly tags: readonly string[];
  readonly channel: ReviewChannel;
  /** Somebody can be called back. */
  readonly isNamed: boolean;
  readonly openedAt: number;
  readonly dueAt: number;
  readonly yellowAt: number;
  /** 1 for the first time, one more each time the person said no. */
  readonly round: number;
  readonly cause: RectificationCause | null;
  readonly finding: string | null;
  readonly measure: string | null;
  readonly answer: string | null;
  /** Of this round, oldest first. */
  readonly callBacks: readonly CallBack[];
  readonly appeal: Appeal | null;
  /** Steps told in this round. */
  readonly escalated: readonly LightStep[];
  readonly closedAt: number | null;
}

/** What an order still lacks before it may be closed, in the order in which it is done. */
export type RectificationLack = "cause" | "measure" | "answer" | "callBack" | "appeal";

/**
 * What keeps an order open. A named person must have been called back: content, or not reached in as many tries as the
 * hall's plan asks for.
 */
export const lacksOf = (order: Rectification, callBackTries: number): readonly RectificationLack[] => {
  const lacks: RectificationLack[] = [];
  if (order.cause === null || order.finding === null) lacks.push("cause");
  if (order.measure === null) lacks.push("measure");
  if (order.answer === null) lacks.push("answer");
  if (order.isNamed && !isCalledBack(order, callBackTries)) lacks.push("callBack");
  if (order.appeal !== null && order.appeal.decision === null) lacks.push("appeal");
  return lacks;
};

/** Whether this person may decide the appeal that waits: neither who made it nor the clerk whom the review is about. */
export const mayDecideAppeal = (
  { appeal, clerkId }: Pick<Rectification, "appeal" | "clerkId">,
  person: string | null,
): boolean =>
  appeal !== null && appeal.decision === null && person !== null && appeal.by !== person && clerkId !== person;

const isCalledBack = ({ callBacks }: Rectification, tries: number): boolean =>
  callBacks.at(-1)?.outcome === "satisfied" ||
  callBacks.filter(({ outcome }) => outcome === "unreachable").length >= tries;

/** The light of an order now. */
export const lightOf = (order: Rectification, now: number): LightStep | null =>
  order.closedAt !== null ? null : lightAt(order, now);

/** Steps whose time has come and that nobody was told of yet, yellow before red: each once a round. */
export const stepsDue = (order: Rectification, now: number): readonly LightStep[] =>
  order.closedAt !== null ? [] : stepsAt(order, order.escalated, now);
