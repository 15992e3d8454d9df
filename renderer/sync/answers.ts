import type { CommandResult } from "../../shared/contract/api.ts";
import type { Environment } from "../store/environment.ts";

/** Who waits for the answer to which command. */
export class Answers {
  private readonly waiting = new Map<string, (result: CommandResult) => void>();
  /** Awaited in another window of the terminal, until (monotonic time). */
  private readonly elsewhere = new Map<string, number>();

  constructor(private readonly environment: Pick<Environment, "after" | "monotonicNow">) {}

  /** Resolves with the answer, or with null when none came in time. */
  wait(commandId: string, ms: number): Promise<CommandResult | null> {
    return new Promise((resolve) => {
      const stop = this.environment.after(ms, () => {
        this.waiting.delete(commandId);
        resolve(null);
      });
      this.waiting.set(commandId, (result) => {
        stop();
        this.waiting.delete(commandId);
        resolve(result);
      });
    });
  }

  isAwaited(commandId: string): boolean {
    return this.waiting.has(commandId) || (this.elsewhere.get(commandId) ?? 0) > this.environment.monotonicNow();
  }

  awaitedElsewhere(commandIds: readonly string[], ms: number): void {
    const now = this.environment.monotonicNow();
    for (const [id, until] of this.elsewhere) if (until <= now) this.elsewhere.delete(id);
    for (const id of commandIds) this.elsewhere.set(id, now + ms);
  }

  give(results: readonly CommandResult[]): void {
    if (this.waiting.size === 0) return;
    for (const result of results) this.waiting.get(result.commandId)?.(result);
  }
}
