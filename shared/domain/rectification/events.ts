import type { ReviewChannel, ReviewLevel } from "../review/review.ts";
import type { AppealGround, CallBackOutcome, LightStep, RectificationCause } from "./rectification.ts";

/** Everything about bad and doubtful reviews after they were given. Only the desk is fed with it. */
export interface RectificationEventData {
  RectificationOpened: {
    rectificationId: string;
    ticketId: string | null;
    caseId: string | null;
    number: string | null;
    counterId: string | null;
    clerkId: string | null;
    businessId: string | null;
    itemCode: string | null;
    itemName: string | null;
    department: string;
    level: ReviewLevel;
    tags: string[];
    channel: ReviewChannel;
    isNamed: boolean;
    dueAt: number;
    yellowAt: number;
  };
  RectificationAssigned: { rectificationId: string; department: string; reason: string; by: string | null };
  RectificationVerified: { rectificationId: string; cause: RectificationCause; finding: string; by: string | null };
  RectificationMeasured: { rectificationId: string; measure: string; by: string | null };
  RectificationAnswered: { rectificationId: string; answer: string; by: string | null };
  CallBackRecorded: { rectificationId: string; outcome: CallBackOutcome; note: string; by: string | null };
  RectificationClosed: { rectificationId: string; isOnTime: boolean; by: string | null };
  /** The person said no, later said no, or gave a second bad review: it begins anew, with a new limit. */
  RectificationReopened: {
    rectificationId: string;
    reason: string;
    isNamed: boolean;
    dueAt: number;
    yellowAt: number;
    by: string | null;
  };
  RectificationEscalated: { rectificationId: string; step: LightStep; to: string };
  ReviewAppealed: { rectificationId: string; ground: AppealGround; reason: string; by: string | null };
  /** Upheld: the review leaves the score, never the record. */
  AppealDecided: { rectificationId: string; isUpheld: boolean; reason: string; by: string | null };
  ReviewJudged: { reviewId: string; counts: boolean; reason: string; by: string | null };
}

export type RectificationEventType = keyof RectificationEventData;

/** The one list of the event types of this matter, for reading them and for keeping them from everybody but the desk. */
export const rectificationEventTypes = [
  "RectificationOpened",
  "RectificationAssigned",
  "RectificationVerified",
  "RectificationMeasured",
  "RectificationAnswered",
  "CallBackRecorded",
  "RectificationClosed",
  "RectificationReopened",
  "RectificationEscalated",
  "ReviewAppealed",
  "AppealDecided",
  "ReviewJudged",
] as const satisfies readonly RectificationEventType[];

const types: ReadonlySet<string> = new Set(rectificationEventTypes);

/** Whether an event is of this matter. */
export const isRectificationEvent = <E extends { readonly type: string }>(
  event: E,
): event is Extract<E, { readonly type: RectificationEventType }> => types.has(event.type);
