import { addDays, dayOf, instantAt, type Day } from "../../shared/basics/time.ts";
import type { PersonalBox } from "../identity/personal.ts";
import { SignedCodes } from "../identity/signed-code.ts";

/** What the code of a questionnaire stands for. */
export interface SurveyCode {
  readonly ledgerId: string;
  /** The third party that asks. */
  readonly by: string;
  /** Last day. */
  readonly until: Day;
  /** Milliseconds since 1970 UTC: the end of that day. */
  readonly expiresAt: number;
}

const codesOf = (personal: PersonalBox): SignedCodes => new SignedCodes(personal.keyFor("survey codes"));

/** A code that works to the end of the day so many days ahead, for as many people as there are. */
export const makeSurveyCode = (
  personal: PersonalBox,
  hallId: string,
  wish: { readonly ledgerId: string; readonly by: string; readonly days: number },
  now: number,
  utcOffsetMinutes: number,
): { readonly code: string; readonly until: Day } => {
  const until = addDays(dayOf(now, utcOffsetMinutes), wish.days);
  const end = instantAt(addDays(until, 1), "00:00", utcOffsetMinutes).toString(36);
  return { code: codesOf(personal).sign(hallId, [end, until, wish.ledgerId, wish.by].join("\n")), until };
};

/** The meaning of a code, or undefined when this center did not make it for this hall. Does not look at the time. */
export const readSurveyCode = (personal: PersonalBox, hallId: string, code: string): SurveyCode | undefined => {
  const [end, until, ledgerId, by] = codesOf(personal).open(hallId, code)?.split("\n") ?? [];
  if (end === undefined || until === undefined || ledgerId === undefined || by === undefined) return undefined;
  return { ledgerId, by, until, expiresAt: Number.parseInt(end, 36) };
};
