/** Without I, L, O, U, 0, 1: read over the telephone without doubt. */
export const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 30^16 > 2^78: nobody makes another authority with the same letters within the day that a code lives. */
const AUTHORITY_LETTERS = 16;

/**
 * The letters of an authority that stand behind an enrolment code, so that a new terminal knows whom to believe.
 * @param sha256 of the authority's certificate (DER), hex
 */
export const authorityLetters = (sha256: string): string => {
  let rest = BigInt(`0x${sha256}`);
  const base = BigInt(CODE_LETTERS.length);
  let letters = "";
  for (let at = 0; at < AUTHORITY_LETTERS; at += 1) {
    letters += CODE_LETTERS[Number(rest % base)] ?? "";
    rest /= base;
  }
  return letters;
};

/** A code as it is read out: the one-time code, and behind a hyphen the letters of the hall's authority where it has one. */
export const joinEnrolCode = (code: string, letters: string | null): string =>
  letters === null ? code : `${code}-${letters}`;

/** What `joinEnrolCode` made, however it was typed. */
export const splitEnrolCode = (text: string): { readonly code: string; readonly letters: string | null } => {
  const [code = "", ...letters] = text.replaceAll(/\s/g, "").toUpperCase().split("-");
  return { code, letters: letters.length === 0 ? null : letters.join("") };
};
