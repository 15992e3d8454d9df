import { z } from "zod";
import { documentSchema } from "./document.ts";

const requestId = z.string().min(1).max(64);
const text = z.string().max(2_000);

/** What the window shows the applicant on the second screen, beside the counter's number. */
export const applicantViewSchema = z.discriminatedUnion("kind", [
  /** What the clerk has typed, and what is still missing; to be confirmed. */
  z.object({
    kind: z.literal("typed"),
    requestId,
    sections: z.array(z.object({ title: text, rows: z.array(z.tuple([text, text])).max(200) })).max(40),
    missing: z.array(text).max(200),
    /** True while the clerk still types: nothing to confirm yet. */
    isDraft: z.boolean(),
  }),
  /** A paper to read, and to sign when a signer is named. */
  z.object({
    kind: z.literal("paper"),
    requestId,
    documentId: z.string().min(1).max(64),
    document: documentSchema,
    signer: z.enum(["applicant", "agent"]).nullable(),
  }),
]);
export type ApplicantView = Readonly<z.infer<typeof applicantViewSchema>>;

const point = z.object({ x: z.number(), y: z.number(), pressure: z.number(), time: z.number() });

/** A signature with the text that it stands under. Its JSON is kept among the files; the log holds its hash. */
export const signatureSchema = z.object({
  format: z.literal(1),
  documentId: z.string().min(1).max(64),
  /** SHA-256 of the text that was shown and signed. */
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
  signer: z.enum(["applicant", "agent"]),
  /** Hall time, milliseconds. */
  signedAt: z.int().min(0),
  /** The screen on which it was written. */
  deviceId: z.string().max(64),
  strokes: z.array(z.array(point).max(20_000)).min(1).max(500),
  picture: z
    .string()
    .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/)
    .max(500_000),
});
export type Signature = Readonly<z.infer<typeof signatureSchema>>;

/** What a clerk records when somebody cannot sign on the screen (行政执法 practice: fingerprint or a witness). */
export const witnessSchema = z.object({
  format: z.literal(1),
  documentId: z.string().min(1).max(64),
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** On the printed paper: a fingerprint, or the clerk's word that it was read out and agreed to. */
  way: z.enum(["fingerprint", "witness"]),
  reason: z.string().trim().min(1).max(200),
  clerkId: z.string().max(64),
  at: z.int().min(0),
});
export type Witness = Readonly<z.infer<typeof witnessSchema>>;

/** What the applicant did on the second screen. */
export const applicantAnswerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("confirmed"), requestId }),
  z.object({ kind: z.literal("objected"), requestId }),
  /** The signature as the exact text that is kept among the files. */
  z.object({ kind: z.literal("signed"), requestId, signature: z.string().max(3_000_000) }),
  z.object({ kind: z.literal("cannotSign"), requestId }),
]);
export type ApplicantAnswer = Readonly<z.infer<typeof applicantAnswerSchema>>;
