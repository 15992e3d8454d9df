import type { PrintOutcome, TerminalInfo, PaperPrint } from "../../shared/contract/ipc.ts";
import type { Log } from "../store/environment.ts";

/** What a window gets from where it runs: Electron's bridge or a plain browser. */
export interface Platform {
  readonly kind: "electron" | "browser";
  readonly info: () => Promise<TerminalInfo>;
  readonly log: Log;
  readonly print: (paper: PaperPrint) => Promise<PrintOutcome>;
  /** Keeps the staff's choice over restarts, where the settings of the program do not. */
  readonly keepLanguage?: (language: string) => void;
}
