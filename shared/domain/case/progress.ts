import type { Day } from "../../basics/time.ts";
import type { Case, Intake } from "./intake.ts";

/** A step on a case's way, as its applicant may read it. */
export type ProgressStepKind =
  | "received"
  | "toldMissing"
  | "accepted"
  | "acceptedLate"
  | "refused"
  | "withdrawn"
  | "procedureStarted"
  | "procedureEnded"
  | "returned"
  | "decided"
  | "sent"
  | "handedOut";

export interface ProgressStep {
  readonly kind: ProgressStepKind;
  /** The instant, milliseconds since 1970 UTC, where it is known; else the day alone. */
  readonly at: number | null;
  readonly day: Day | null;
}

/** What an applicant is told of a case: no person, no clerk, no reason, no file. */
export interface Progress {
  readonly number: string;
  readonly itemName: string;
  readonly department: string;
  readonly steps: readonly ProgressStep[];
  /** Until when it is promised; null: without a limit, not known, over, or the clock is stopped. */
  readonly dueDay: Day | null;
  /** Until when materials are owed after a tolerance. */
  readonly owedBy: Day | null;
  readonly isOver: boolean;
}

const at = (kind: ProgressStepKind, instant: number): ProgressStep => ({ kind, at: instant, day: null });
const on = (kind: ProgressStepKind, day: Day): ProgressStep => ({ kind, at: null, day });

/** The way of a case so far, in its order. */
export const progressOf = (intake: Intake, one: Case): Progress => {
  const { decision, handOut } = one;
  const behind = [
    ...one.procedures.flatMap(({ start, end }) => [
      { sort: start, step: on("procedureStarted", start) },
      ...(end === null ? [] : [{ sort: end, step: on("procedureEnded", end) }]),
    ]),
  ].sort((left, right) => (left.sort < right.sort ? -1 : left.sort > right.sort ? 1 : 0));
  const steps: ProgressStep[] = [
    at("received", intake.openedAt),
    ...intake.corrections.map((correction) => at("toldMissing", correction.at)),
    ...(one.acceptedDay === null
      ? []
      : [on(intake.acceptedHow === "late" ? "acceptedLate" : "accepted", one.acceptedDay)]),
    ...one.returns.map((each) => at("returned", each.at)),
    ...behind.map(({ step }) => step),
    ...(one.state === "refused" && one.endedDay !== null ? [on("refused", one.endedDay)] : []),
    ...(one.state === "withdrawn" && one.endedDay !== null ? [on("withdrawn", one.endedDay)] : []),
    ...(decision !== null && decision.outcome !== "withdrawn" ? [at("decided", decision.at)] : []),
    ...(handOut === null ? [] : [at(handOut.way === "courier" ? "sent" : "handedOut", handOut.at)]),
    ...(one.state === "delivered" && one.endedDay !== null ? [on("handedOut", one.endedDay)] : []),
  ];
  const { number, itemName, department } = one;
  const isDecided = decision !== null || one.endedDay !== null;
  return {
    number,
    itemName,
    department,
    steps,
    dueDay: isDecided ? null : (one.due?.promised ?? one.due?.legal ?? null),
    owedBy: intake.owed?.by ?? null,
    isOver: one.endedDay !== null,
  };
};
