import type { TerminalStanding } from "../../shared/contract/api.ts";

/** Connected terminals of this process, one line per device, with what they last said of themselves. */
export interface TerminalLine {
  readonly deviceId: string;
  readonly hallId: string;
  readonly role: string;
  /** Names this very connection among all processes. */
  readonly connectionId: string;
  status: { readonly outbox: number; readonly oldestMs: number; readonly refusals: number } | undefined;
  close(code: number, reason: string): void;
  /** Something about the terminal itself was changed: it is told at once. `read`: how it stands, where that is being read already. */
  standingChanged(read?: Promise<TerminalStanding | undefined>): void;
  /** What was known of a clerk is not so any more. */
  forgetClerk(clerkId: string): void;
}

export class TerminalLines {
  private readonly byDevice = new Map<string, TerminalLine>();

  get all(): Iterable<TerminalLine> {
    return this.byDevice.values();
  }

  find(deviceId: string): TerminalLine | undefined {
    return this.byDevice.get(deviceId);
  }

  /** Takes over the device's place. @returns the line that had it */
  put(line: TerminalLine): TerminalLine | undefined {
    const before = this.byDevice.get(line.deviceId);
    this.byDevice.set(line.deviceId, line);
    return before;
  }

  remove(line: TerminalLine): void {
    if (this.byDevice.get(line.deviceId) === line) this.byDevice.delete(line.deviceId);
  }
}
