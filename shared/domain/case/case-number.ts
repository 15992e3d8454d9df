import { z } from "zod";
import { sha256Hex } from "../../basics/sha256.ts";
import type { Day } from "../../basics/time.ts";
import type { CaseNumberLease } from "./intake.ts";

const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = /^(?:yyyy|yy|MM|dd|hall|counter|serial(?::[3-9])?)$/;

/**
 * The form of a case number: text with {yyyy} {yy} {MM} {dd} {hall} {counter} and once {serial} or {serial:6} (at least
 * six digits). The serial alone is unique in the hall and never starts anew.
 */
export const numberFormatSchema = z
  .string()
  .min(3)
  .max(60)
  .superRefine((format, context) => {
    const names = [...format.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
    for (const name of names)
      if (!KNOWN.test(name))
        context.addIssue({
          code: "custom",
          message: `{${name}} is not known; use {yyyy} {yy} {MM} {dd} {hall} {counter} {serial:6}`,
        });
    if (names.filter((name) => name.startsWith("serial")).length !== 1)
      context.addIssue({ code: "custom", message: "{serial} must be in it exactly once: it makes the number unique" });
  });

/** What a number is made from. */
export interface NumberParts {
  readonly intakeId: string;
  /** Null: the terminal had no leased serial. */
  readonly serial: number | null;
  readonly day: Day;
  readonly hallId: string;
  readonly counterId: string;
}

/**
 * The number of an intake. Without a leased serial, X and ten hex digits of the id's hash take its place: as good as
 * unique, and told apart from every number with a serial by the X.
 */
export const formatCaseNumber = (format: string, parts: NumberParts): string =>
  format.replace(PLACEHOLDER, (_, name: string) => {
    switch (name) {
      case "yyyy":
        return parts.day.slice(0, 4);
      case "yy":
        return parts.day.slice(2, 4);
      case "MM":
        return parts.day.slice(5, 7);
      case "dd":
        return parts.day.slice(8, 10);
      case "hall":
        return parts.hallId;
      case "counter":
        return parts.counterId.padStart(2, "0");
      default:
        return parts.serial === null
          ? `X${sha256Hex(parts.intakeId).slice(0, 10).toUpperCase()}`
          : String(parts.serial).padStart(Number(name.split(":")[1] ?? 1), "0");
    }
  });

/** The number of the n-th case (from 0) of an intake: its own for a single item, else with -01, -02 … */
export const memberNumber = (intakeNumber: string, index: number, count: number): string =>
  count === 1 ? intakeNumber : `${intakeNumber}-${String(index + 1).padStart(2, "0")}`;

/** The serial that a terminal gives to its next intake, or null when it holds none. */
export const nextCaseSerial = (leases: readonly CaseNumberLease[], deviceId: string | null): number | null => {
  let next: number | null = null;
  for (const lease of leases)
    if (lease.deviceId === deviceId && lease.next <= lease.to && (next === null || lease.next < next))
      next = lease.next;
  return next;
};

/** Serials that a terminal still holds. */
export const caseSerialsLeft = (leases: readonly CaseNumberLease[], deviceId: string | null): number =>
  leases.reduce((sum, lease) => (lease.deviceId === deviceId ? sum + lease.to - lease.next + 1 : sum), 0);
