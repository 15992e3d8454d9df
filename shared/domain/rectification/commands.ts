import { z } from "zod";
import { appealGroundSchema, callBackOutcomeSchema, rectificationCauseSchema } from "./rectification.ts";

const rectificationId = z.string().min(1).max(80);
/** Something that was really written: "ok" or "无" is no measure. Names and numbers of people do not belong here. */
const sentence = z.string().trim().min(4).max(300);
const department = z.string().trim().min(1).max(60);

/** Commands about bad and doubtful reviews; `docs/actions.md` tells each in words. */
export const rectificationCommandSchemas = {
  AssignRectification: z.object({ rectificationId, department, reason: sentence }),
  VerifyRectification: z.object({ rectificationId, cause: rectificationCauseSchema, finding: sentence }),
  MeasureRectification: z.object({ rectificationId, measure: sentence }),
  AnswerRectification: z.object({ rectificationId, answer: sentence }),
  RecordCallBack: z.object({ rectificationId, outcome: callBackOutcomeSchema, note: sentence }),
  CloseRectification: z.object({ rectificationId }),
  ReopenRectification: z.object({ rectificationId, reason: sentence }),
  /** The clerk or the department says that the review is wrong or malicious. */
  AppealReview: z.object({ rectificationId, ground: appealGroundSchema, reason: sentence }),
  DecideAppeal: z.object({ rectificationId, isUpheld: z.boolean(), reason: sentence }),
  /** The desk decides whether a flagged review that is not bad counts. */
  JudgeReview: z.object({ reviewId: rectificationId, counts: z.boolean(), reason: sentence }),
  /** Sent by the node itself when a light comes on. */
  EscalateRectification: z.object({ rectificationId, round: z.int().min(1), step: z.enum(["yellow", "red"]) }),
} as const;
