import type { PaperPrint, PersonCardOutcome, PrintOutcome, TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Environment, Log } from "../store/environment.ts";

/** What a window gets from where it runs: Electron's bridge or a plain browser. */
export interface Platform {
  readonly kind: "electron" | "browser";
  readonly info: () => Promise<TerminalInfo>;
  readonly log: Log;
  /** As `Environment.newSession`. */
  readonly newSession: Environment["newSession"];
  /** As `Environment.isNodeTrusted`. */
  readonly isNodeTrusted: Environment["isNodeTrusted"];
  /** As `Environment.machine`. */
  readonly machine: Environment["machine"];
  readonly print: (paper: PaperPrint) => Promise<PrintOutcome>;
  /** Waits for an ID card on this terminal's reader; `cancel` ends the wait. */
  readonly readPersonCard: () => Promise<PersonCardOutcome>;
  readonly cancelPersonCard: () => void;
  /** Where a second copy of unsent acts is kept, outside the window's database; null: nowhere. */
  readonly journal: Environment["journal"];
  /** Keeps the staff's choice over restarts, where the settings of the program do not. */
  readonly keepLanguage?: (language: string) => void;
}
