import { z } from "zod";
import { idSchema } from "../basics/id.ts";
import type { Command } from "../domain/hall/commands.ts";
import type { SequencedEvent } from "../domain/hall/events.ts";
import type { Refusal } from "../domain/hall/refusal.ts";
import type { TerminalReport } from "../domain/fleet/terminal-report.ts";
import type { HallSnapshot } from "../domain/hall/state.ts";
import { dutySchema, terminalRoleSchema, type TerminalRole } from "../domain/identity/roles.ts";
import { publicKeySchema } from "./device-token.ts";
import { splitEnrolCode } from "./enrol-code.ts";

/** Version of the messages below; docs/protocol.md tells them in words. */
export const PROTOCOL_VERSION = 1;

/** Path of the WebSocket on the node. */
export const SYNC_PATH = "/api/sync";

/** Most commands in one message; a terminal with more sends them in several. */
export const MAX_COMMANDS_PER_MESSAGE = 500;

/** A terminal further behind than this many events gets a snapshot instead of the events. */
export const SNAPSHOT_AFTER_EVENTS = 2_000;

/** Terminal and node each send something at least this often; silence of twice this is a dead line. */
export const HEARTBEAT_MS = 5_000;

/** How often the node tells each terminal the digest of what it may see. */
export const DIGEST_MS = 30_000;

/** Personal data that a command refers to by id. The node keeps it encrypted beside the log. */
export const personalRecordSchema = z.object({
  id: idSchema,
  /**
   * `person`: who takes a number; the node makes a keyed hash of it and keeps nothing else. `applicant`: JSON of
   * `applicantSchema`. `form`: what was typed into a case's form, JSON. `licence`: which licence, JSON.
   * `contact`: name and phone of who booked, JSON of `bookingContactSchema`. `ledger`: what one act wrote into the personal fields of
   * a ledger entry, JSON of `LedgerValues`. `reviewCheck`: what somebody typed to prove that a number is theirs; forgotten once looked at.
   * `orderWords`: what somebody says could not be done, in their own words. `orderContact`:
   * how to reach them, JSON of `orderContactSchema`.
   */
  kind: z.enum([
    "reviewText",
    "reviewPhone",
    "person",
    "applicant",
    "form",
    "licence",
    "contact",
    "ledger",
    "reviewCheck",
    "orderWords",
    "orderContact",
  ]),
  value: z.string().max(200_000),
});
export type PersonalRecord = z.infer<typeof personalRecordSchema>;

/** A command on its way, with who was signed in when it was done and the personal data it refers to. */
export interface OutboundCommand {
  readonly command: Command;
  readonly clerkId: string | null;
  readonly personal: readonly PersonalRecord[];
}

export const terminalMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("hello"),
    protocol: z.int(),
    deviceId: z.string().max(64),
    secret: z.string().max(128),
    /** Last event applied; 0 for none. */
    since: z.int().min(0),
    /** The log that `since` counts in; null when nothing is held. Another epoch means a restored or new log. */
    epoch: z.string().max(64).nullable(),
    appVersion: z.string().max(32),
    /** It reads several messages out of one frame, a line each; left out by those that came before this. */
    joined: z.boolean().optional(),
  }),
  /** Each entry is validated by itself, so that one bad command does not hold up the others. */
  z.object({ kind: z.literal("commands"), commands: z.array(z.unknown()).min(1).max(MAX_COMMANDS_PER_MESSAGE) }),
  z.object({ kind: z.literal("ping"), t: z.number() }),
  /** What a terminal tells of itself: shown to the desk and in the metrics. */
  z.object({
    kind: z.literal("status"),
    outbox: z.int().min(0),
    oldestMs: z.int().min(0),
    refusals: z.int().min(0),
  }),
  /** What else it tells of itself, to a node that has told it how it stands; never an event. Validated by itself, like a command. */
  z.object({ kind: z.literal("report"), report: z.unknown() }),
  /** The terminal found that its state differs: send it everything again. */
  z.object({ kind: z.literal("resync"), seq: z.int().min(0), digest: z.string().max(200) }),
]);
export type TerminalMessage =
  | Exclude<z.infer<typeof terminalMessageSchema>, { kind: "commands" } | { kind: "report" }>
  | { kind: "report"; report: TerminalReport }
  | { kind: "commands"; commands: readonly OutboundCommand[] };

/** The answer to one command; the same id always gets the same. `seq` is the head of the log after it. */
export type CommandResult =
  | { readonly commandId: string; readonly status: "accepted"; readonly seq: number }
  | { readonly commandId: string; readonly status: "refused"; readonly refusal: Refusal };

/** State of the hall's line to its city. */
export interface CityLink {
  readonly state: "none" | "up" | "down";
  /** Events not yet relayed. */
  readonly behind: number;
}

/** How a terminal stands with its hall: said after the welcome, and at once when it changes. */
export interface TerminalStanding {
  readonly name: string;
  readonly role: TerminalRole;
  readonly counterId: string | null;
  /** Out of service until somebody unlocks it; what it holds may still leave. */
  readonly isLocked: boolean;
  /** Orders that wait for it (fleet-orders.ts). */
  readonly orders: number;
}

export type NodeMessage =
  | {
      readonly kind: "welcome";
      readonly epoch: string;
      readonly hallId: string;
      readonly head: number;
      readonly now: number;
      readonly role: TerminalRole;
      readonly counterId: string | null;
      /** Of a desk in a department; missing from older nodes. */
      readonly department?: string | null;
      readonly catalogueVersion: string | null;
      readonly city: CityLink;
    }
  /** Replaces everything that the terminal holds. */
  | { readonly kind: "snapshot"; readonly seq: number; readonly state: HallSnapshot }
  /**
   * Everything visible in (from, to]. `from` must equal the last applied `to`, or something was lost; seqs in between
   * that are missing are not for this terminal.
   */
  | { readonly kind: "events"; readonly from: number; readonly to: number; readonly events: readonly SequencedEvent[] }
  | { readonly kind: "results"; readonly results: readonly CommandResult[] }
  | { readonly kind: "pong"; readonly t: number; readonly now: number }
  | { readonly kind: "digest"; readonly seq: number; readonly digest: string }
  | { readonly kind: "city"; readonly city: CityLink }
  | { readonly kind: "catalogue"; readonly version: string }
  | ({ readonly kind: "standing" } & TerminalStanding);

/** WebSocket close codes of the node. */
export const closeCodes = {
  /** Device unknown, secret wrong or device revoked: do not retry, tell the staff. */
  unauthorised: 4001,
  /** Message not understood: the terminal is too old or broken. */
  badMessage: 4002,
  /** The same device connected again: one connection per device (a cloned image, or an old socket of its own). */
  replaced: 4003,
  /** The terminal could not keep up with its feed; reconnect and catch up. */
  tooSlow: 4004,
  restarting: 4005,
} as const;

export const enrolRequestSchema = z.object({
  // A browser cannot pin: it sends the letters of the authority along as they were typed.
  code: z
    .string()
    .max(60)
    .transform((text) => splitEnrolCode(text).code)
    .pipe(z.string().min(4).max(32)),
  name: z.string().trim().min(1).max(60),
  /** Of a terminal that proves itself with a key; left out: it gets a secret. */
  publicKey: publicKeySchema.optional(),
});

/**
 * What a terminal gets once, when it is enrolled. A window also gets the credentials of its second screen, which has the same key.
 * `secret` is what a terminal presents: for ever, or as its first token where `expiresInMs` says how long it is good.
 */
export const enrolResponseSchema = z.object({
  hallId: z.string(),
  hallName: z.string(),
  deviceId: z.string(),
  secret: z.string(),
  expiresInMs: z.int().positive().nullable().default(null),
  role: terminalRoleSchema,
  counterId: z.string().nullable(),
  review: z.object({ deviceId: z.string(), secret: z.string() }).nullable(),
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

export const loginRequestSchema = z.object({
  deviceId: z.string().max(64),
  secret: z.string().max(128),
  clerkNo: z.string().trim().min(1).max(20),
  password: z.string().min(1).max(200),
  /** Of an authenticator app, or a recovery code; left out until it is asked for. */
  code: z.string().trim().min(1).max(40).optional(),
});

export const loginResponseSchema = z.object({
  clerkId: z.string(),
  clerkNo: z.string(),
  name: z.string(),
  /** Left out by a node of an older program. */
  duty: dutySchema.default("clerk"),
});
export type LoginResponse = z.infer<typeof loginResponseSchema>;

/**
 * What a right password leads to where a second factor is asked for: a code of the app, or first of all the app. Its secret
 * (base 32, and as the address that the app reads) and the recovery codes hold once a code of it was shown.
 */
export const loginStepSchema = z.discriminatedUnion("next", [
  z.object({ next: z.literal("code") }),
  z.object({
    next: z.literal("enrol"),
    secret: z.string(),
    uri: z.string(),
    recoveryCodes: z.array(z.string()),
  }),
]);
export type LoginStep = Readonly<z.infer<typeof loginStepSchema>>;

export const hallInfoSchema = z.object({
  hallId: z.string().nullable(),
  name: z.string().nullable(),
  mode: z.enum(["hall", "city"]),
  version: z.string(),
});
export type HallInfo = z.infer<typeof hallInfoSchema>;

/** Every error answer of the HTTP API: `code` has a sentence in the locale files, `message` is that sentence in English. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
});
export type ApiErrorCode =
  | "bad_request"
  | "not_found"
  | "enrol_code_unknown"
  | "unauthorised"
  | "terminal_locked"
  | "login_failed"
  | "login_locked"
  | "code_wrong"
  | "too_many_requests"
  | "too_large"
  | "no_clerk"
  | "progress_unknown"
  | "review_not_yet"
  | "file_unknown"
  | "file_incomplete"
  | "file_differs"
  | "file_type_wrong"
  | "relay_gap"
  | "relay_forked"
  | "unavailable"
  | "internal";
