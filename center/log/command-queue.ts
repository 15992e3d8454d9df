import type { Origin, Submission } from "./submission.ts";

/** Most that one sender gets of a batch while others wait: a terminal with a long outbox must not hold up a call. */
const SHARE = 250;

/** Commands that wait, in order for each sender, the senders taking turns. */
export class CommandQueue {
  private readonly lines = new Map<Origin, Submission[]>();
  private front: Submission[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(submission: Submission): void {
    const line = this.lines.get(submission.origin);
    if (line) line.push(submission);
    else this.lines.set(submission.origin, [submission]);
    this.count += 1;
  }

  /** The next commands, at most `max`. */
  take(max: number): Submission[] {
    const taken = this.front.splice(0, max);
    while (taken.length < max && this.lines.size > 0) {
      for (const [origin, line] of [...this.lines]) {
        taken.push(...line.splice(0, Math.min(SHARE, max - taken.length)));
        this.lines.delete(origin);
        // To the end of the round.
        if (line.length > 0) this.lines.set(origin, line);
        if (taken.length >= max) break;
      }
    }
    this.count -= taken.length;
    return taken;
  }

  /** Back to the very front, in the same order. */
  putBack(submissions: readonly Submission[]): void {
    this.front = [...submissions, ...this.front];
    this.count += submissions.length;
  }

  drop(origin: Origin): void {
    this.count -= this.lines.get(origin)?.length ?? 0;
    this.lines.delete(origin);
  }
}
