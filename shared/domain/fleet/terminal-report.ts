import { z } from "zod";
import { terminalRoleSchema } from "../identity/roles.ts";

/** How a printer of tickets stands; all but `ok`, `paper_low` and `none` mean that no paper would come out now. */
export const printerStates = [
  "none",
  "ok",
  "paper_low",
  "out_of_paper",
  "cover_open",
  "offline",
  "failed",
  "unknown",
] as const;

const ms = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What only the program around a screen knows of its computer. */
export const machineFactsSchema = z.object({
  electron: z.string().max(40),
  /** Name and release of the operating system. */
  os: z.string().max(80),
  /** Since the program was started. */
  upMs: ms,
  printer: z.enum(printerStates),
  /** Of the disk that holds the terminal's data, in millions of bytes; null: it could not be asked. */
  diskFreeMb: z.int().min(0).nullable(),
  /** Lines of the log that tell of a fault, since the program was started. */
  errorLines: z.int().min(0),
  /** How long ago a server's certificate was refused last; null: none since the program was started. */
  certificateRefusedMs: ms.nullable(),
  /** How long ago a public screen rested last, after tries to get out of it; null: never since the program was started. */
  escapeTriedMs: ms.nullable().default(null),
});
export type MachineFacts = Readonly<z.infer<typeof machineFactsSchema>>;

/** What a terminal tells of itself. Telemetry, never an event of the log; ages instead of instants, for its clock may be wrong. */
export const terminalReportSchema = z.object({
  version: z.string().max(32),
  /** What it takes itself for; another one than the hall's until it has heard of the change. */
  role: terminalRoleSchema,
  /** Acts that the node has not acknowledged. */
  outbox: z.int().min(0),
  /** Age of the oldest of them. */
  oldestMs: ms,
  /** Acts that could not be delivered and wait for a person. */
  deadLetters: z.int().min(0),
  /** The terminal's clock less the hall's. */
  clockOffsetMs: z.int(),
  /** null: a plain browser, which may not look. */
  machine: machineFactsSchema.nullable(),
});
export type TerminalReport = Readonly<z.infer<typeof terminalReportSchema>>;
