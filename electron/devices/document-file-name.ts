import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { DocumentPrint } from "../../shared/contract/ipc.ts";

/**
 * A name that every file system takes; two papers of one number are told apart by the copy and the hall's day and time.
 * @param now milliseconds since 1970 UTC
 */
export const documentFileName = ({ document, marks, utcOffsetMinutes }: DocumentPrint, now: number): string => {
  const number = document.number.replaceAll(/[^\p{L}\p{N}〔〕-]+/gu, "_").slice(0, 60);
  const copy = marks.copy === 0 ? "" : ` 副本${String(marks.copy)}`;
  const seconds = new Date(now).toISOString().slice(17, 19);
  const at = `${dayOf(now, utcOffsetMinutes)}T${clockOf(now, utcOffsetMinutes)}${seconds}`;
  return `${number}${copy} ${at.replaceAll(/[-:]/g, "")}.pdf`;
};
