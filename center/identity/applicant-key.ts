import { applicantSchema, type Applicant } from "../../shared/domain/case/applicant.ts";
import { readSealedText } from "./sealed-text.ts";

/** An applicant's record as its text has it; undefined when it is of no form that this program knows. */
export const readApplicant = (text: string): Applicant | undefined => readSealedText(applicantSchema, text);

/** What the keyed hash of an applicant is made of: the same number in any way of writing it. */
export const applicantKey = (idNo: string): string =>
  `applicant:${idNo.normalize("NFKC").replace(/\s+/g, "").toUpperCase()}`;

/** The number in an applicant's record. */
export const idNumberOf = (text: string): string | undefined => readApplicant(text)?.idNo;
