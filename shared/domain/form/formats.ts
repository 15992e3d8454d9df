import type { FormatName } from "./form-schema.ts";

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
};

/** GB 11643-1999, 18 characters: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, remainder of 11 as 10X98765432. */
const isIdNumber = (text: string): boolean => {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  if (!isDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += Number(text[place]) * (2 ** (17 - place) % 11);
  return "10X98765432"[sum % 11] === text[17];
};

const CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** GB 32100-2015: 17 characters of 31 with weights 3^i mod 31, the last one makes the sum a multiple of 31. */
const isCreditCode = (text: string): boolean => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of text.slice(0, 17)) {
    sum += CREDIT_CODE.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_CODE[(31 - (sum % 31)) % 31] === text[17];
};

const tests: Readonly<Record<FormatName, (text: string) => boolean>> = {
  date: isDate,
  email: (text) => text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text),
  // Mobile, or land line with or without its area code and extension, or an international number.
  phone: (text) => /^(1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|\+\d{6,15})$/.test(text),
  postcode: (text) => /^\d{6}$/.test(text),
  "id-number": isIdNumber,
  "credit-code": isCreditCode,
  // GA 36-2018: ordinary plates of 7, new-energy ones of 8 characters; no I or O.
  plate: (text) =>
    /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]$/u.test(
      text,
    ),
  "account-number": (text) => /^\d{8,30}$/.test(text),
};

/** Whether a text has the form that its format wants. */
export const hasFormat = (format: FormatName, text: string): boolean => tests[format](text);
