import { z } from "zod";
import { terminalRoleSchema } from "../identity/roles.ts";
import type { FleetLimits } from "./fleet-limits.ts";
import { terminalReportSchema } from "./terminal-report.ts";

/** One terminal of a hall, as its node knows it. Instants are the node's, milliseconds since 1970 UTC. */
export const fleetTerminalSchema = z.object({
  deviceId: z.string(),
  name: z.string(),
  role: terminalRoleSchema,
  counterId: z.string().nullable(),
  department: z.string().nullable(),
  enrolledAt: z.number(),
  /** null: never. */
  seenAt: z.number().nullable(),
  /** Out of service by somebody's decision, since then. */
  lockedAt: z.number().nullable(),
  lockReason: z.string(),
  /** The applicant's screen of a window's own computer. Missing from older centers. */
  isSecond: z.boolean().default(false),
  /** Does not belong to the hall any more. */
  revokedAt: z.number().nullable(),
  reportedAt: z.number().nullable(),
  report: terminalReportSchema.nullable(),
});
export type FleetTerminal = Readonly<z.infer<typeof fleetTerminalSchema>>;

/** What may be wrong with a terminal; each has a sentence, `fleet:light.<id>`. */
export const terminalLightIds = [
  "outbox",
  "silent",
  "certificate",
  "diskFull",
  "paperOut",
  "printer",
  "deadLetters",
  "escape",
  "clock",
  "diskLow",
  "paperLow",
  "version",
] as const;
export type TerminalLightId = (typeof terminalLightIds)[number];

export interface TerminalLight {
  readonly id: TerminalLightId;
  readonly tone: "red" | "yellow";
  /** Minutes, seconds, millions of bytes or a number of acts, as the sentence says. */
  readonly n: number;
}

const MINUTE = 60_000;
/** A refused certificate is told for a day: whoever cannot reach the node can say so only afterwards. */
const CERTIFICATE_MS = 24 * 60 * MINUTE;
/** Whoever tried to get out of a screen may still stand before it. */
const ESCAPE_MS = 60 * MINUTE;
const PRINTER_FAULTS: ReadonlySet<string> = new Set(["cover_open", "offline", "failed"]);

/** Numbers of a version in their order; null for what is none, e.g. a page that the node itself serves. */
const numbersOf = (version: string): readonly number[] | null => {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match && match.slice(1).map(Number);
};

/** Whether a program is older than the node's. */
export const isVersionBehind = (version: string, nodeVersion: string): boolean => {
  const own = numbersOf(version);
  const wanted = numbersOf(nodeVersion);
  if (!own || !wanted) return false;
  const at = own.findIndex((part, index) => part !== wanted[index]);
  return at >= 0 && (own[at] ?? 0) < (wanted[at] ?? 0);
};

/**
 * What is wrong with a terminal, the worst first. One that is locked or was revoked shows nothing but what it has not sent: it is out of
 * service by a decision, and unsent acts are lost if nobody looks.
 * @param now the node's time
 */
export const terminalLights = (
  terminal: FleetTerminal,
  limits: FleetLimits,
  nodeVersion: string,
  now: number,
): readonly TerminalLight[] => {
  const lights: TerminalLight[] = [];
  const add = (isOn: boolean, id: TerminalLightId, tone: TerminalLight["tone"], n = 0): void => {
    if (isOn) lights.push({ id, tone, n });
  };
  const { report, reportedAt, seenAt } = terminal;
  // What was some minutes old when it was heard last is older by now.
  const sinceReportMs = Math.max(0, now - (reportedAt ?? now));
  const unsentMs = report && report.outbox > 0 ? report.oldestMs + sinceReportMs : 0;
  add(unsentMs > limits.outboxMinutes * MINUTE, "outbox", "red", Math.floor(unsentMs / MINUTE));
  if (terminal.revokedAt !== null || terminal.lockedAt !== null) return lights;
  const silentMs = now - (seenAt ?? terminal.enrolledAt);
  add(silentMs > limits.silentMinutes * MINUTE, "silent", "red", Math.floor(silentMs / MINUTE));
  if (report === null) return lights;
  const { machine } = report;
  if (machine !== null) {
    const refused = machine.certificateRefusedMs;
    add(refused !== null && refused < CERTIFICATE_MS, "certificate", "red", Math.floor((refused ?? 0) / MINUTE));
    const free = machine.diskFreeMb ?? 0;
    const isFull = free < limits.diskFullMb;
    add(machine.diskFreeMb !== null && isFull, "diskFull", "red", free);
    add(machine.printer === "out_of_paper", "paperOut", "red");
    add(PRINTER_FAULTS.has(machine.printer), "printer", "red");
    add(machine.diskFreeMb !== null && !isFull && free < limits.diskLowMb, "diskLow", "yellow", free);
    add(machine.printer === "paper_low", "paperLow", "yellow");
    const triedMs = (machine.escapeTriedMs ?? Infinity) + sinceReportMs;
    add(triedMs < ESCAPE_MS, "escape", "yellow", Math.floor(triedMs / MINUTE));
  }
  add(report.deadLetters > 0, "deadLetters", "yellow", report.deadLetters);
  const offSeconds = Math.round(Math.abs(report.clockOffsetMs) / 1_000);
  add(offSeconds > limits.clockSeconds, "clock", "yellow", offSeconds);
  add(isVersionBehind(report.version, nodeVersion), "version", "yellow");
  return [...lights.filter(({ tone }) => tone === "red"), ...lights.filter(({ tone }) => tone === "yellow")];
};

/** How the terminals of a hall stand, each counted once under the worst of its lights. */
export const fleetCountsSchema = z.object({
  terminals: z.int(),
  red: z.int(),
  yellow: z.int(),
  /** With acts that are too long unsent. */
  unsent: z.int(),
  locked: z.int(),
  /** Terminals by the version of their program. */
  versions: z.record(z.string(), z.int()),
});
export type FleetCounts = Readonly<z.infer<typeof fleetCountsSchema>>;

/** Counts those that belong to the hall; of a revoked one only what it has not sent. */
export const fleetCounts = (
  terminals: readonly FleetTerminal[],
  limits: FleetLimits,
  nodeVersion: string,
  now: number,
): FleetCounts => {
  const versions: Record<string, number> = {};
  const counts = { terminals: 0, red: 0, yellow: 0, unsent: 0, locked: 0 };
  for (const terminal of terminals) {
    const lights = terminalLights(terminal, limits, nodeVersion, now);
    if (lights[0]?.tone === "red") counts.red += 1;
    else if (lights[0] !== undefined) counts.yellow += 1;
    if (lights.some(({ id }) => id === "outbox")) counts.unsent += 1;
    if (terminal.revokedAt !== null) continue;
    counts.terminals += 1;
    if (terminal.lockedAt !== null) counts.locked += 1;
    const version = terminal.report?.version ?? "";
    if (version !== "") versions[version] = (versions[version] ?? 0) + 1;
  }
  return { ...counts, versions };
};
