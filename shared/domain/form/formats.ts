import { isCreditCode } from "../identity/credit-code.ts";
import { idNumberFault } from "../identity/id-number.ts";
import { isPhone } from "../identity/phone.ts";
import type { FormatName } from "./form-schema.ts";

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
};

const tests: Readonly<Record<FormatName, (text: string) => boolean>> = {
  date: isDate,
  email: (text) => text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text),
  phone: isPhone,
  postcode: (text) => /^\d{6}$/.test(text),
  "id-number": (text) => idNumberFault(text) === null,
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
