import {
  counterDisplaySettingsSchema,
  documentPrinterSettingsSchema,
  idReaderSettingsSchema,
  printerSettingsSchema,
  type CounterDisplaySettings,
  type DocumentPrinterSettings,
  type IdReaderSettings,
  type PrinterSettings,
} from "./device-settings.ts";
import type { ScreenSettings } from "./screen-settings.ts";
import { z } from "zod";
import type { Result } from "../basics/result.ts";
import { documentSchema } from "../domain/document/document.ts";
import { applicantAnswerSchema, applicantViewSchema, type ApplicantAnswer } from "../domain/document/applicant-view.ts";
import type { PaperMarks } from "../domain/document/document-html.ts";
import type { MachineFacts } from "../domain/fleet/terminal-report.ts";
import type { TerminalRole } from "../domain/identity/roles.ts";
import type { IdCard } from "../domain/id-card/id-card.ts";
import type { CounterScreen } from "../domain/queue/counter-screen.ts";

/**
 * What a window may ask of the main process: one entry a channel, one file a channel in electron/ipc/. Arguments are
 * validated by their schema in the main process; public windows (kiosk, review, display) get `publicChannels` only.
 */

/** Where the terminal's data key and device secret rest. `none`: plainly on disk, the screens warn. */
export type KeyStore = "system" | "weak" | "none";

/** Everything a window must know to start. `credentials` is null until the terminal is enrolled. */
export interface TerminalInfo {
  readonly role: TerminalRole | "launcher";
  /** "second" on the second display of a window terminal. */
  readonly display: "main" | "second";
  readonly appVersion: string;
  readonly nodeUrl: string | null;
  /** `secret` is what is presented now: a token is renewed in place, so read it when it is used. */
  readonly credentials: { readonly deviceId: string; secret: string } | null;
  readonly terminalName: string | null;
  readonly hallName: string | null;
  readonly counterId: string | null;
  readonly language: "zh-CN" | "en";
  readonly screen: ScreenSettings;
  readonly keyStore: KeyStore;
  /** 32 bytes, base64; encrypts personal data in the local database. */
  readonly dataKey: string;
  /** Sentences' codes about the start that a person should see, e.g. a settings file that was set aside. */
  readonly notices: readonly {
    readonly code:
      | "settings_set_aside"
      | "settings_not_understood"
      | "data_set_aside"
      | "key_store_weak"
      | "key_store_changed"
      | "enrol_failed"
      | "role_differs";
    readonly detail: string;
  }[];
}

/** `unauthorised`: the node does not know this terminal any more. */
export type SessionFault = "unauthorised" | "unavailable";
/** What to present from now on, and for how long it is good; null: for ever. */
export type SessionOutcome = Result<{ readonly secret: string; readonly expiresInMs: number | null }, SessionFault>;
/** The language that a paper is in: a printer's own letters are enough for some, the others are printed as a picture. */
const paperLanguage = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/);

/** A ticket as printed on 80 mm paper. Times in milliseconds since 1970 UTC. */
export const ticketPrintSchema = z.object({
  ticketId: z.string().max(64),
  language: paperLanguage,
  hallName: z.string().max(80),
  /** 示例数据 line when hall and catalogue are samples. */
  sampleNote: z.string().max(80).nullable(),
  kind: z.string().max(20),
  business: z.string().max(60),
  item: z.string().max(200).nullable(),
  number: z.string().max(12),
  lines: z.array(z.string().max(120)).max(12),
  takenAt: z.int(),
  /** What the QR code holds: the address of the ticket page. Left out: no code is printed. */
  qr: z.string().max(300).optional(),
});
export type TicketPrint = z.infer<typeof ticketPrintSchema>;

/** What to bring for a service, on the same 80 mm paper. */
export const guidePrintSchema = z.object({
  language: paperLanguage,
  hallName: z.string().max(80),
  sampleNote: z.string().max(80).nullable(),
  title: z.string().max(200),
  sections: z.array(z.object({ heading: z.string().max(60), lines: z.array(z.string().max(300)).max(80) })).max(12),
  printedAt: z.int(),
});
export type GuidePrint = z.infer<typeof guidePrintSchema>;

export const paperPrintSchema = z.union([ticketPrintSchema, guidePrintSchema]);
export type PaperPrint = z.infer<typeof paperPrintSchema>;

export type PrintFault = "no_printer" | "out_of_paper" | "cover_open" | "offline" | "failed" | "unknown";

/**
 * How a print ended. `ok` only when the printer itself said that the paper has come out. `unknown`: it took the bytes and
 * then said nothing (or cannot say: the system's queue); whoever stands there must be asked. Every other error means that
 * no whole paper came out.
 */
export type PrintOutcome = Result<{ readonly paperLow: boolean }, { readonly code: PrintFault }>;

export const counterScreenSchema: z.ZodType<CounterScreen> = z.object({
  counterId: z.string().max(8),
  counterNumber: z.int().nullable(),
  state: z.enum(["closed", "paused", "free", "called", "serving"]),
  number: z.string().max(12).nullable(),
  review: z
    .object({ reviewId: z.string().max(80), number: z.string().max(12).nullable(), expiresAt: z.int() })
    .nullable(),
  applicant: applicantViewSchema.nullable(),
});

export interface SystemPrinter {
  readonly name: string;
  readonly displayName: string;
}

const qrPointsSchema = z
  .object({
    size: z.int().min(21).max(177),
    points: z
      .string()
      .max(31_329)
      .regex(/^[01]*$/),
  })
  .refine(({ size, points }) => points.length === size * size);

const paperMarksSchema: z.ZodType<PaperMarks> = z.object({
  copy: z.int().min(0).max(999),
  printedAt: z.string().max(80),
  qr: qrPointsSchema.nullable(),
  review: z.object({ qr: qrPointsSchema, caption: z.string().max(200) }).nullable(),
  signature: z.string().max(500_000).nullable(),
  copyMark: z.string().max(20),
});
/** A paper for the printer: its words, never HTML. */
export const documentPrintSchema = z.object({
  document: documentSchema,
  marks: paperMarksSchema,
  /** The hall's: a file is named by the hall's day and time. */
  utcOffsetMinutes: z.int().min(-720).max(840),
});
export type DocumentPrint = z.infer<typeof documentPrintSchema>;
export type DocumentPrintOutcome = Result<null, { readonly code: "no_printer" | "failed" }>;

/** Each has a sentence, `staff:idReader.<code>`. */
export type IdReaderFault =
  | "no_reader"
  | "not_connected"
  | "no_answer"
  | "garbage"
  | "broken"
  | "no_card"
  | "read_failed"
  | "unknown_card"
  | "busy"
  | "cancelled";
/** What a kiosk learns of a card: enough to tell the same person again, and the last four characters to show. */
export type PersonCardOutcome = Result<
  { readonly tail: string; readonly digest: string },
  { readonly code: IdReaderFault }
>;
export type IdCardOutcome = Result<IdCard, { readonly code: IdReaderFault }>;
export const enrolArgsSchema = z.object({
  nodeUrl: z.string().max(300),
  code: z.string().max(60),
  name: z.string().max(60),
});

/** A row of the outbox as the main process keeps it: `text` means something to the store only. */
export const journalEntrySchema = z.object({ key: z.string().min(1).max(64), text: z.string().max(16_000_000) });
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/**
 * A line of the diagnostics page: `ok`, a warning, or a fault with what to do (`setup:diagnostics.<id>.<state>`); where
 * one sentence would say too little, with why.
 */
export interface Diagnostic {
  readonly id: "node" | "keyStore" | "displays" | "printer" | "disk" | "settings" | "clock";
  readonly state: "ok" | "warn" | "fault";
  /** Of a printer how its test ended; of a clock on which side of the node's it is, or that nobody knows. */
  readonly why?: PrintFault | "fast" | "slow" | "notCompared";
  readonly detail: string;
}

export interface DisplayInfo {
  readonly id: number;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly primary: boolean;
}

export type EnrolOutcome = Result<
  { readonly hallName: string; readonly role: string },
  { readonly code: string; readonly message: string }
>;

export const publicChannels = {
  "terminal.info": { args: z.tuple([]) },
  /** Asks the node now: false when what answers there is not whom this terminal believes. */
  "terminal.isNodeTrusted": { args: z.tuple([]) },
  /** Proves to the node who this terminal is, and gets a new token. */
  "terminal.session": { args: z.tuple([]) },
  /** What the desk is told of this computer. */
  "terminal.facts": { args: z.tuple([]) },
  /** Asks the node what it has decided of this terminal, and does what it has ordered. */
  "terminal.attend": { args: z.tuple([]) },
  /** Structured log line; `code` is one of log-events.ts. */
  "terminal.log": {
    args: z.tuple([
      z.string().max(64),
      z.record(z.string().max(40), z.union([z.string().max(300), z.number(), z.boolean()])),
    ]),
  },
  "ticket.print": { args: z.tuple([paperPrintSchema]) },
  /** Keeps a second copy of unsent acts outside the window's database: rows kept, and names of rows acknowledged. */
  "journal.change": {
    args: z.tuple([z.array(journalEntrySchema).max(10_000), z.array(z.string().max(64)).max(100_000)]),
  },
  "journal.read": { args: z.tuple([]) },
  /** What the applicant did on the second screen of a window terminal; ignored from anywhere else. */
  "applicant.answer": { args: z.tuple([applicantAnswerSchema]) },
  /** Kiosks: waits for a card on the reader and tells no more than `PersonCardOutcome`. */
  "personCard.read": { args: z.tuple([]) },
  "personCard.cancel": { args: z.tuple([]) },
} as const;

export const staffChannels = {
  ...publicChannels,
  "counterScreen.show": { args: z.tuple([counterScreenSchema]) },
  "document.print": { args: z.tuple([documentPrintSchema]) },
  /** Asks where to keep a paper as PDF, and keeps it there. */
  "document.save": { args: z.tuple([documentPrintSchema]) },
  /** Waits for a card on the reader; only for a clerk, who sees whose card it is. */
  "idReader.read": { args: z.tuple([]) },
  "idReader.cancel": { args: z.tuple([]) },
  /** Asks where to keep a workbook that the node made, or a terminal's log, and keeps it there. */
  "sheet.save": { args: z.tuple([z.string().regex(/^[\w-]{1,60}\.(xlsx|log)$/), z.base64().max(12_000_000)]) },
  "setup.enrol": { args: z.tuple([enrolArgsSchema]) },
  /** With the enrolment code as far as it is typed: its letters say whom a new terminal is to believe. */
  "setup.testNode": { args: z.tuple([z.string().max(300), z.string().max(60)]) },
  "setup.displays": { args: z.tuple([]) },
  "setup.diagnostics": { args: z.tuple([]) },
  "setup.getPrinter": { args: z.tuple([]) },
  "setup.printers": { args: z.tuple([]) },
  "setup.getDocumentPrinter": { args: z.tuple([]) },
  "setup.setDocumentPrinter": { args: z.tuple([documentPrinterSettingsSchema]) },
  "setup.setPrinter": { args: z.tuple([printerSettingsSchema]) },
  "setup.testPrint": { args: z.tuple([]) },
  "setup.serialPorts": { args: z.tuple([]) },
  "setup.getIdReader": { args: z.tuple([]) },
  "setup.setIdReader": { args: z.tuple([idReaderSettingsSchema]) },
  "setup.testIdReader": { args: z.tuple([]) },
  "setup.getCounterDisplay": { args: z.tuple([]) },
  "setup.setCounterDisplay": { args: z.tuple([counterDisplaySettingsSchema]) },
  "setup.testCounterDisplay": { args: z.tuple([]) },
  "setup.setLanguage": { args: z.tuple([z.enum(["zh-CN", "en"])]) },
  /** Forgets the enrolment so that the terminal can be given another role; refused while the outbox is not empty. */
  "setup.leaveHall": { args: z.tuple([z.int().min(0)]) },
  "setup.restart": { args: z.tuple([]) },
  "launcher.screens": { args: z.tuple([]) },
  "launcher.open": { args: z.tuple([z.enum(["kiosk", "window", "review", "display", "desk", "setup", "demoHall"])]) },
} as const;

/** Results by channel. */
export interface ChannelResults {
  "terminal.info": TerminalInfo;
  "terminal.isNodeTrusted": boolean;
  "terminal.session": SessionOutcome;
  "terminal.facts": MachineFacts;
  /** False: the node could not be asked. */
  "terminal.attend": boolean;
  "terminal.log": null;
  "ticket.print": PrintOutcome;
  "journal.change": null;
  "journal.read": readonly JournalEntry[];
  "applicant.answer": null;
  "personCard.read": PersonCardOutcome;
  "personCard.cancel": null;
  "counterScreen.show": null;
  "document.print": DocumentPrintOutcome;
  /** False: the person closed the question. */
  "document.save": boolean;
  "sheet.save": boolean;
  "idReader.read": IdCardOutcome;
  "idReader.cancel": null;
  "setup.enrol": EnrolOutcome;
  "setup.testNode": Result<{ readonly hallName: string }, { readonly code: string; readonly message: string }>;
  "setup.displays": readonly DisplayInfo[];
  "setup.diagnostics": readonly Diagnostic[];
  "setup.getPrinter": PrinterSettings;
  "setup.printers": readonly SystemPrinter[];
  "setup.getDocumentPrinter": DocumentPrinterSettings;
  "setup.setDocumentPrinter": null;
  "setup.setPrinter": null;
  "setup.testPrint": PrintOutcome;
  "setup.serialPorts": readonly string[];
  "setup.getIdReader": IdReaderSettings;
  "setup.setIdReader": null;
  "setup.testIdReader": Result<null, { readonly code: IdReaderFault }>;
  "setup.getCounterDisplay": CounterDisplaySettings;
  "setup.setCounterDisplay": null;
  "setup.testCounterDisplay": Result<null, { readonly code: "none" | "offline" }>;
  "setup.setLanguage": null;
  "setup.leaveHall": Result<null, { readonly code: "outbox_not_empty"; readonly unsent: number }>;
  "setup.restart": null;
  "launcher.screens": {
    readonly nodeUrl: string;
    readonly clerks: readonly { readonly clerkNo: string; readonly name: string; readonly password: string }[];
    readonly browserUrls: readonly { readonly role: string; readonly url: string }[];
  };
  "launcher.open": null;
}

export type PublicChannel = keyof typeof publicChannels;
export type StaffChannel = keyof typeof staffChannels;
export type ChannelArgs<C extends StaffChannel> = z.infer<(typeof staffChannels)[C]["args"]>;

type Calls<C extends StaffChannel> = {
  readonly [K in C]: (...args: ChannelArgs<K>) => Promise<ChannelResults[K]>;
};

/** `window.terminal` on public screens: these functions and nothing else. */
export type PublicBridge = Calls<PublicChannel> & {
  /** The window terminal tells its second display what to show; returns the way to stop listening. */
  readonly onCounterScreen: (listener: (screen: CounterScreen) => void) => () => void;
  /** The screen is to rest for so many milliseconds, after too many tries to get out of it; returns the way to stop listening. */
  readonly onInputPaused: (listener: (ms: number) => void) => () => void;
};

/** `window.terminal` on staff screens. */
export type StaffBridge = Calls<StaffChannel> &
  Pick<PublicBridge, "onCounterScreen"> & {
    /** What the applicant did on the second screen; returns the way to stop listening. */
    readonly onApplicantAnswer: (listener: (answer: ApplicantAnswer) => void) => () => void;
  };
