const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * Checks a unified social credit code (GB 32100-2015): 18 characters without I, O, S, V, Z; the first 17 with weights
 * 3^i mod 31, the last one makes the sum a multiple of 31. For an applicant a wrong one blocks and may be overridden with a
 * reason; a department's only warns.
 */
export const isCreditCode = (text: string): boolean => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of text.slice(0, 17)) {
    sum += CHARACTERS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CHARACTERS[(31 - (sum % 31)) % 31] === text[17];
};
