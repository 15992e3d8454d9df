import type { TerminalMessage } from "../../shared/contract/api.ts";
import type { MachineFacts, TerminalReport } from "../../shared/domain/fleet/terminal-report.ts";

/** Without news the node is told this often. */
const AGAIN_MS = 60_000;
const DISK_STEP_MB = 100;
const CLOCK_STEP_MS = 10_000;

export type OwnFacts = Omit<TerminalReport, "machine">;

/** What of a report is worth a message at once: not that something has grown a little older or fuller. */
const gistOf = ({ machine, ...own }: TerminalReport): string =>
  JSON.stringify([
    own.version,
    own.role,
    own.outbox > 0,
    own.deadLetters,
    Math.round(own.clockOffsetMs / CLOCK_STEP_MS),
    machine?.printer,
    machine?.errorLines,
    machine?.diskFreeMb == null ? null : Math.round(machine.diskFreeMb / DISK_STEP_MB),
    machine?.certificateRefusedMs === null,
    machine?.escapeTriedMs === null,
  ]);

/** Tells the node how this terminal is: on connecting, on change, and once a minute. */
export class Reporter {
  private gist: string | null = null;
  private hadUnsent = false;
  private toldAt = 0;
  private isAsking = false;

  constructor(
    private readonly facts: (() => Promise<MachineFacts>) | null,
    private readonly own: () => OwnFacts,
    private readonly send: (message: TerminalMessage) => boolean,
    private readonly now: () => number,
  ) {}

  /** A new line: whoever is at its end is told everything. */
  begin(): void {
    this.gist = null;
    void this.look();
  }

  /** Everything is sent: told at once to who was told otherwise, for somebody may be waiting for it. */
  emptied(): void {
    if (this.hadUnsent) void this.look();
  }

  async look(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    // A program that cannot say how its computer is still says the rest.
    const machine = this.facts === null ? null : await this.facts().catch(() => null);
    this.isAsking = false;
    const report = { ...this.own(), machine };
    const gist = gistOf(report);
    if (gist === this.gist && this.now() - this.toldAt < AGAIN_MS) return;
    if (!this.send({ kind: "report", report })) return;
    this.gist = gist;
    this.hadUnsent = report.outbox > 0;
    this.toldAt = this.now();
  }
}
