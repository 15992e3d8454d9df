import { z } from "zod";
import { PROGRESS_QUESTION_PATH } from "./progress-page.ts";

/** Where an applicant asks how far a case is: without signing in, with the number and four characters. */
export const PROGRESS_PATH = PROGRESS_QUESTION_PATH;
/** Where staff read personal records: each reading is noted with its reason. */
export const REVEAL_PATH = "/api/personal/reveal";
/** Where staff find the earlier intakes of the applicant in front of them. */
export const APPLICANT_CASES_PATH = "/api/cases/of-applicant";

export const progressRequestSchema = z.object({
  /** Numbers repeat in every hall; without it a center of several halls finds no work order. */
  hallId: z.string().max(40).optional(),
  number: z.string().trim().min(3).max(80),
  /** Last four characters of the ID number, the credit code or the phone. */
  last4: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z]{4}$/),
});

const stepSchema = z.object({
  kind: z.enum([
    "received",
    "toldMissing",
    "accepted",
    "acceptedLate",
    "refused",
    "withdrawn",
    "procedureStarted",
    "procedureEnded",
    "returned",
    "decided",
    "sent",
    "handedOut",
  ]),
  at: z.number().nullable(),
  day: z.string().nullable(),
});

/** `Progress` of shared/domain/case/progress.ts, for each case that the number stands for. */
export const progressResponseSchema = z.object({
  cases: z.array(
    z.object({
      number: z.string(),
      itemName: z.string(),
      department: z.string(),
      steps: z.array(stepSchema),
      dueDay: z.string().nullable(),
      owedBy: z.string().nullable(),
      isOver: z.boolean(),
    }),
  ),
});
export type ProgressResponse = z.infer<typeof progressResponseSchema>;

export const revealRequestSchema = z.object({
  ids: z.array(z.string().min(1).max(64)).min(1).max(8),
  reason: z.string().trim().min(1).max(100),
});

/** `value` null: erased, never sent, or not for this terminal. */
export const revealResponseSchema = z.object({
  records: z.array(z.object({ id: z.string(), value: z.string().nullable() })),
});
export type RevealResponse = z.infer<typeof revealResponseSchema>;

export const applicantCasesRequestSchema = z.object({ idNo: z.string().trim().min(1).max(50) });

/** Newest first, at most fifty. */
export const applicantCasesResponseSchema = z.object({
  intakes: z.array(
    z.object({
      intakeId: z.string(),
      number: z.string(),
      state: z.string(),
      openedAt: z.number(),
      cases: z.array(
        z.object({
          caseId: z.string(),
          number: z.string(),
          itemCode: z.string(),
          itemName: z.string(),
          department: z.string(),
          state: z.string(),
        }),
      ),
    }),
  ),
});
export type ApplicantCasesResponse = z.infer<typeof applicantCasesResponseSchema>;
