import { idNumberFault, plainIdNumber } from "../identity/id-number.ts";

/**
 * What is wrong with a number that somebody typed to say who they are, or null. Residents have ID numbers with a check
 * digit; passports and permits are taken as they are.
 */
export const personNumberFault = (typed: string): "missing" | "short" | "idNumber" | null => {
  const number = plainIdNumber(typed);
  if (number === "") return "missing";
  // Passports have letters or are short; what is all digits and long was meant as an ID number.
  if (/^\d{12,}X?$/.test(number)) return idNumberFault(number) === null ? null : "idNumber";
  return /^[0-9A-Z]{6,20}$/.test(number) ? null : "short";
};
