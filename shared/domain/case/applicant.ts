import { z } from "zod";

/** 111 居民身份证, 414 passport, 516 permit of Hong Kong and Macao residents … as the national code table has them. */
const idTypeSchema = z.string().regex(/^[0-9A-Za-z]{1,6}$/);

/**
 * Who applies, or acts for the applicant. Never in an event: it travels beside the command as a personal record of kind
 * "applicant", as the JSON of this, and rests encrypted.
 */
export const applicantSchema = z.object({
  kind: z.enum(["person", "firm"]),
  name: z.string().trim().min(1).max(100),
  idType: idTypeSchema,
  /** ID number or unified social credit code. */
  idNo: z.string().trim().min(1).max(50),
  phone: z.string().trim().max(20),
  address: z.string().trim().max(200),
  /** Of a firm: who represents it by law (法定代表人). */
  representative: z.string().trim().max(100),
  /** How the identity came in. */
  source: z.enum(["reader", "qr", "typed"]),
  /** Why a number that fails its check was taken all the same; null when it passed. */
  overrideReason: z.string().trim().min(1).max(100).nullable(),
});
export type Applicant = Readonly<z.infer<typeof applicantSchema>>;
