import { z } from "zod";
import type { Day } from "../../basics/time.ts";
import { lightAt, stepsAt, type LightStep } from "../deadline/clock.ts";
import type { Pause } from "../deadline/deadline.ts";
import { orderProblems } from "./problems.ts";
import type { ResponseLevel } from "./rules.ts";

/** How it came in. On-line ones are 线上, the others 线下 in reports. */
export const orderChannelSchema = z.enum(["counter", "kiosk", "phone", "desk", "hotline", "onlineHall"]);
export type OrderChannel = z.infer<typeof orderChannelSchema>;

const onlineChannels: ReadonlySet<OrderChannel> = new Set(["phone", "hotline", "onlineHall"]);
export const isOnline = (channel: OrderChannel): boolean => onlineChannels.has(channel);

/** What the person says went wrong (应受理未受理、超时、多次未办成、推诿、邻市能办, other). */
export const orderProblemSchema = z.enum(orderProblems);
export type OrderProblem = z.infer<typeof orderProblemSchema>;

export const orderResultSchema = z.enum(["solved", "explained", "denied"]);
/** solved; explained: the person now knows how it can be done; denied: it cannot be done, and why. */
export type OrderResult = z.infer<typeof orderResultSchema>;

export const orderCallOutcomeSchema = z.enum(["satisfied", "notSatisfied", "unreachable"]);
export type OrderCallOutcome = z.infer<typeof orderCallOutcomeSchema>;

/** Why it is on the list of supervision (挂牌督办). */
export const supervisionGroundSchema = z.enum(["overdue", "false", "faulty"]);
export type SupervisionGround = z.infer<typeof supervisionGroundSchema>;

/** recorded → dispatched → inWork → answered → verified → closed; outOfScope ends it at once. */
export type OrderStatus = "recorded" | "dispatched" | "inWork" | "answered" | "verified" | "closed" | "outOfScope";

export type ClockKind = "assign" | "solve" | "verify";

/** One limit in working days. Its start is a fact of the order: no act but a new round begins it anew. */
export interface OrderClock {
  readonly kind: ClockKind;
  /** 1 for the order's first; with the kind it names a light that is told once. */
  readonly no: number;
  readonly start: Day;
  readonly days: number;
  /** Null: paused. */
  readonly due: { readonly dueAt: number; readonly yellowAt: number } | null;
  readonly told: readonly LightStep[];
}

export interface OrderMeeting {
  readonly id: string;
  readonly day: Day;
  readonly participants: readonly string[];
  readonly minutes: string;
  readonly decision: string;
  readonly at: number;
}

export interface Supervision {
  readonly ground: SupervisionGround;
  readonly listedAt: number;
  readonly note: string;
  /** 销号. */
  readonly struck: { readonly at: number; readonly finding: string; readonly by: string | null } | null;
}

/** That the guide's text was changed: what, when and by whom. */
export interface GuideDone {
  readonly what: string;
  readonly at: number;
  readonly by: string | null;
}

/** One line of the order's timeline. */
export interface OrderNote {
  readonly type: string;
  readonly at: number;
  readonly by: string | null;
  readonly department: string | null;
  /** What was written; null where the act says it all. */
  readonly text: string | null;
}

/** What was asked and refused before, as the intake has it. */
export interface AskedBefore {
  readonly intakeId: string | null;
  readonly caseId: string | null;
  readonly number: string;
  readonly day: Day;
  readonly reason: string;
}

/** A work order (工作单) about a matter that could not be done. Nothing in it tells who the person is. Instants in milliseconds. */
export interface WorkOrder {
  readonly id: string;
  /** Year and serial, as on paper: `2026-0001`. */
  readonly number: string;
  readonly flow: string;
  readonly channel: OrderChannel;
  /** Its number at 12345 or the on-line hall. */
  readonly externalId: string | null;
  readonly problem: OrderProblem;
  readonly itemCode: string | null;
  readonly itemName: string | null;
  readonly asked: AskedBefore | null;
  readonly ticketNumber: string | null;
  /** Personal records beside the log: the person's own words, and how to reach them. */
  readonly wordsId: string | null;
  readonly contactId: string | null;
  /** The matter in the desk's words, without names. */
  readonly summary: string | null;
  readonly openedAt: number;
  readonly openedDay: Day;
  readonly status: OrderStatus;
  /** 1, one more each time it was opened again. */
  readonly round: number;
  readonly isInScope: boolean | null;
  readonly outOfScope: { readonly exclusion: string; readonly reason: string; readonly turnTo: string } | null;
  readonly level: ResponseLevel | null;
  readonly stage: string | null;
  /** Who works on it; null: nobody is responsible yet. */
  readonly department: string | null;
  readonly clock: OrderClock;
  /** The limit of the answer while another one runs; null before there is one. */
  readonly solve: OrderClock | null;
  readonly clocks: number;
  readonly pauses: readonly (Pause & { readonly reason: string })[];
  readonly extensions: readonly { readonly until: Day; readonly reason: string; readonly at: number }[];
  readonly meetings: readonly OrderMeeting[];
  readonly city: { readonly reason: string; readonly at: number; readonly answer: string | null } | null;
  readonly answer: {
    readonly result: OrderResult;
    readonly cause: string;
    readonly text: string;
    /** What has to change in the guide's text; null: nothing. */
    readonly guideChange: string | null;
    /** What was changed in the guide because of it; null: nothing yet. */
    readonly guideDone: GuideDone | null;
    readonly at: number;
    readonly by: string | null;
    readonly isOnTime: boolean;
  } | null;
  readonly verification: { readonly finding: string; readonly at: number; readonly by: string | null } | null;
  /** Of this round, oldest first. */
  readonly callBacks: readonly { readonly outcome: OrderCallOutcome; readonly note: string; readonly at: number }[];
  readonly supervision: Supervision | null;
  readonly closedAt: number | null;
  /** Oldest first. */
  readonly notes: readonly OrderNote[];
}

/** Open: somebody still has to do something about it. */
export const isOpenOrder = ({ status }: Pick<WorkOrder, "status">): boolean =>
  status !== "closed" && status !== "outOfScope";

/** Whether the guide's text still has to be changed because of this order. */
export const lacksGuideChange = ({ answer }: Pick<WorkOrder, "answer">): boolean =>
  answer !== null && answer.guideChange !== null && answer.guideDone === null;

export const isPaused = ({ pauses }: WorkOrder): boolean => pauses.some(({ end }) => end === null);

/** The light of an order now; null: none, or paused. */
export const orderLight = (order: WorkOrder, now: number): LightStep | null =>
  !isOpenOrder(order) || order.clock.due === null ? null : lightAt(order.clock.due, now);

/** Lights of the running limit that nobody was told of yet, yellow before red. */
export const orderSteps = ({ clock, ...order }: WorkOrder, now: number): readonly LightStep[] =>
  !isOpenOrder(order) || clock.due === null ? [] : stepsAt(clock.due, clock.told, now);

/** What an order still lacks before it may be closed, in the order in which it is done. */
export type OrderLack = "scope" | "assign" | "accept" | "meeting" | "answer" | "verify" | "callBack" | "strike";

const isCalledBack = ({ callBacks }: WorkOrder, tries: number): boolean =>
  callBacks.at(-1)?.outcome === "satisfied" ||
  callBacks.filter(({ outcome }) => outcome === "unreachable").length >= tries;

/**
 * What keeps an order open. One at level 3 is solved at the counter, without a department. A person who left how to reach
 * them must have been called back; what is under supervision must have been struck off the list.
 * @param stageMeets whether the stage it is at has to meet before it answers
 */
export const orderLacks = (
  order: WorkOrder,
  { callBackTries, stageMeets }: { readonly callBackTries: number; readonly stageMeets: boolean },
): readonly OrderLack[] => {
  const lacks: OrderLack[] = [];
  if (order.isInScope === null) lacks.push("scope");
  if (order.answer === null) {
    if (order.status === "recorded" && order.level !== 3) lacks.push("assign");
    if (order.status === "dispatched") lacks.push("accept");
    if (stageMeets && order.meetings.length === 0) lacks.push("meeting");
    lacks.push("answer");
  }
  if (order.verification === null) lacks.push("verify");
  if (order.contactId !== null && !isCalledBack(order, callBackTries)) lacks.push("callBack");
  if (order.supervision !== null && order.supervision.struck === null) lacks.push("strike");
  return lacks;
};
