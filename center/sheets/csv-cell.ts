/** What a spreadsheet begins a formula with: also in the wide letters of Chinese input, and behind blanks that it drops. */
const FORMULA = /^[\t\r\n]|^[\s\p{Cf}]*[=+@\-＝＋＠－]/u;

/** A cell of a CSV file that no spreadsheet takes for a formula. */
export const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
