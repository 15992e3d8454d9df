import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { faultEvents, logEvents, type LogCode, type LogFields } from "../../shared/contract/log-events.ts";

/** Five files of 2 MB: about a year of a quiet terminal, and never a full disk. */
const MAX_BYTES = 2_000_000;
const KEPT_FILES = 5;
const MAX_TEXT = 300;

/** Long digit runs may be an ID number (15–18) or a telephone (11): never into a log, whatever a message says. */
const mask = (text: string): string => text.replaceAll(/\d{10,17}[\dXx]?/g, "<digits>").slice(0, MAX_TEXT);

export interface Logger {
  readonly file: string;
  /** Writes one JSON line; only the fields that log-events.ts lists for the code are kept. Never throws. */
  write(code: LogCode, fields?: LogFields, at?: number): void;
  /**
   * Since the program was started: lines that tell of a fault, when a certificate was refused last and when a public screen
   * rested last, after tries to get out of it (`performance.now`).
   */
  faults(): {
    readonly errorLines: number;
    readonly certificateRefusedAt: number | null;
    readonly escapeTriedAt: number | null;
  };
}

/** The log line of an event, or its text alone for tests. */
export const formatLogLine = (code: LogCode, fields: LogFields, at: number): string => {
  const kept: Record<string, string | number | boolean> = {};
  const allowed: readonly string[] = logEvents[code].fields;
  for (const name of allowed) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value !== undefined) kept[name] = typeof value === "string" ? mask(value) : value;
  }
  return `${JSON.stringify({ at: new Date(at).toISOString(), event: code, ...kept })}\n`;
};

const rotate = (file: string): void => {
  rmSync(`${file}.${KEPT_FILES - 1}`, { force: true });
  for (let index = KEPT_FILES - 2; index >= 0; index -= 1) {
    const from = index === 0 ? file : `${file}.${index}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${index + 1}`);
  }
};

/** A log of JSON lines in `folder`. A full or read-only disk costs the log, never the program. */
export const openLog = (folder: string): Logger => {
  const file = join(folder, "terminal.log");
  let bytes = 0;
  let errorLines = 0;
  let certificateRefusedAt: number | null = null;
  let escapeTriedAt: number | null = null;
  try {
    mkdirSync(folder, { recursive: true });
    bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // Tried again at each line.
  }
  return {
    file,
    faults: () => ({ errorLines, certificateRefusedAt, escapeTriedAt }),
    write(code, fields = {}, at = Date.now()) {
      if (faultEvents.has(code)) errorLines += 1;
      if (code === "security.certificate") certificateRefusedAt = performance.now();
      if (code === "security.paused") escapeTriedAt = performance.now();
      const line = formatLogLine(code, fields, at);
      try {
        if (bytes + line.length > MAX_BYTES) {
          rotate(file);
          bytes = 0;
        }
        appendFileSync(file, line);
        bytes += Buffer.byteLength(line);
      } catch {
        // Nothing sensible can be done here.
      }
    },
  };
};
