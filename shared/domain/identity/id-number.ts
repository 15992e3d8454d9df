/** What is wrong with a resident's ID number; each has a sentence. */
export type IdNumberFault = "length" | "characters" | "birth" | "future" | "checkDigit";

const MAP = "10X98765432";

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * Checks an ID number of 18 characters (GB 11643-1999): the birth date is a day of the calendar, and the last character is
 * the check digit by ISO 7064 MOD 11-2.
 * @param today `YYYY-MM-DD`: nobody is born later; left out: not looked at
 * @returns null when it is right
 */
export const idNumberFault = (text: string, today?: string): IdNumberFault | null => {
  if (text.length !== 18) return "length";
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return "characters";
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isDay(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) return "birth";
  if (today !== undefined && birth > today) return "future";
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += Number(text[place]) * (2 ** (17 - place) % 11);
  return MAP[sum % 11] === text[17] ? null : "checkDigit";
};

/** A number as it is kept: full-width digits and small x as people type them. */
export const plainIdNumber = (typed: string): string => typed.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
