import type { CityLink, LoginStep, PersonalRecord } from "../../shared/contract/api.ts";
import type { Duty } from "../../shared/domain/identity/roles.ts";
import type { PaperPrint, PersonCardOutcome, PrintOutcome, TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Catalogue } from "../../shared/domain/catalogue/catalogue.ts";
import type { CommandData, CommandType } from "../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../shared/domain/hall/refusal.ts";
import type { HallState } from "../../shared/domain/hall/state.ts";
import type { Result } from "../../shared/basics/result.ts";
import type { HttpError } from "./http.ts";
import type { SessionKeeper } from "./session-keeper.ts";
import type { Files } from "./files/files.ts";

/** The terminal's line to its node, for status bars. */
export interface Connection {
  /** "rejected": the node does not know this terminal any more; staff must enrol it again. */
  readonly link: "starting" | "online" | "offline" | "rejected";
  /** What answers at the node's address is not whom this terminal believes; the link is "offline" then. */
  readonly isNodeDistrusted: boolean;
  /** When the node was last heard, hall time; null if never since the start of the program. */
  readonly lastHeardAt: number | null;
  /** Acts not yet acknowledged. */
  readonly outbox: number;
  /** Age of the oldest of them in milliseconds; an alarm when the node is reachable. */
  readonly oldestMs: number;
  /** True when the node is reachable and yet the outbox does not empty, or digests differ. */
  readonly stalled: boolean;
  readonly city: CityLink;
  /** A review screen whose counter has been given to another tablet since; it may still send what it holds. */
  readonly isUnpaired: boolean;
  /** The local database could not be written: nothing that is done now is kept. */
  readonly storeFault: string | null;
}

/** What the hall has decided of a terminal. */
export interface Standing {
  /** By which the hall knows it now. */
  readonly name: string | null;
  /** Out of service until the hall puts it back; what it holds still leaves. */
  readonly isLocked: boolean;
}

/** What a terminal reports of itself; each has a sentence beside those of the refusals (`refusal:<code>`). */
export type LocalNoticeCode =
  "store_set_aside" | "store_lost" | "store_recovered" | "device_twice" | "personal_unreadable";

/** A refusal or anomaly that a person has not closed yet; kept over restarts. */
export interface Notice {
  readonly id: string;
  readonly kind: "refusal" | "anomaly" | "deadLetter";
  readonly at: number;
  readonly commandType: string;
  readonly refusal: Omit<Refusal, "code"> & { readonly code: Refusal["code"] | LocalNoticeCode };
}

export type SendOutcome =
  /** The node has it; `seq` is the head of the log after it, and the state shown already includes it. */
  | { readonly status: "accepted"; readonly commandId: string; readonly seq: number }
  /** A record is kept on this terminal and will be sent; the state shown already includes it. */
  | { readonly status: "kept"; readonly commandId: string }
  | { readonly status: "refused"; readonly commandId: string; readonly refusal: Refusal }
  /** A claim could not be asked: the node is not reachable. Nothing was kept. */
  | { readonly status: "offline" }
  /** A claim was sent and no answer came in time; it stays in the outbox and may still take effect. */
  | { readonly status: "unanswered"; readonly commandId: string }
  /** The local database refused to keep it: it has not been done. */
  | { readonly status: "notKept"; readonly reason: string };

export interface ClerkSession {
  readonly clerkId: string;
  readonly clerkNo: string;
  readonly name: string;
  readonly duty: Duty;
}

/** An authenticator app that is to be set up before a clerk can sign in. */
export type FactorEnrolment = Extract<LoginStep, { readonly next: "enrol" }>;

/** Why a sign-in did not come to its end; `enrolment` goes with `factor_enrol`. */
export interface LoginFault {
  readonly code: string;
  readonly enrolment?: FactorEnrolment;
}

/** `ended`: wrong too often; the clerk is signed out. `unavailable`: only the node can say, and it is not there. */
export type UnlockOutcome =
  { readonly kind: "open" | "ended" | "unavailable" } | { readonly kind: "wrong"; readonly triesLeft: number };

/** Something to subscribe to, in the form that useSyncExternalStore wants. */
export interface Live<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** What screens work with: one per window, made at start by `renderer/boot`. */
export interface Terminal {
  readonly info: TerminalInfo;
  /** The hall as far as this terminal may see it: confirmed events, then its own pending acts. */
  readonly hall: Live<HallState>;
  readonly connection: Live<Connection>;
  readonly notices: Live<readonly Notice[]>;
  readonly catalogue: Live<Catalogue | null>;
  readonly clerk: Live<ClerkSession | null>;
  /** The screen is locked until the clerk says the password; the session and what is open stay as they are. */
  readonly locked: Live<boolean>;
  /** The department that a desk works for; null: the duty desk, or no desk. */
  readonly department: Live<string | null>;
  /** How the hall has decided about this terminal; kept over restarts. */
  readonly standing: Live<Standing>;
  readonly files: Files;

  /** Hall time now, milliseconds: the terminal's clock corrected by the measured offset. */
  now(): number;
  newId(): string;
  send<T extends CommandType>(
    type: T,
    data: CommandData<T>,
    options: { readonly mode: "claim" | "record"; readonly personal?: readonly PersonalRecord[] },
  ): Promise<SendOutcome>;
  closeNotice(id: string): Promise<void>;
  /** @param code of an authenticator app, or a recovery code; left out until it is asked for (`code_needed`, `factor_enrol`) */
  login(clerkNo: string, password: string, code?: string): Promise<Result<ClerkSession, LoginFault>>;
  logout(): Promise<void>;
  /** Locks the screen of whoever is signed in; also over a restart of the program. */
  lock(): void;
  unlock(password: string): Promise<UnlockOutcome>;
  print(paper: PaperPrint): Promise<PrintOutcome>;
  /** Waits for an ID card on this terminal's reader. */
  readPersonCard(): Promise<PersonCardOutcome>;
  cancelPersonCard(): void;
  /** Asks the node something that anybody may ask and that is not part of the hall's state: a path of its API and a body. */
  ask(path: string, body: unknown): Promise<Result<unknown, HttpError>>;
  /** The same of what only a terminal of the hall may ask: its credentials stand beside the body's own fields. */
  askAs(path: string, body: object): Promise<Result<unknown, HttpError>>;
  /** For a question of another form: whoever asks presents these credentials, good ones, and may be asked twice. */
  readonly present: SessionKeeper["present"];
  /** Small drafts and choices of a screen that survive a restart, e.g. the counter a clerk sits at. */
  readDraft(key: string): Promise<unknown>;
  writeDraft(key: string, value: unknown): Promise<void>;
}
