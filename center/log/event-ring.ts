import { SNAPSHOT_AFTER_EVENTS } from "../../shared/contract/api.ts";
import type { FedEvent } from "./store.ts";

/** The newest events in memory: whoever is further behind gets a snapshot, so catching up never waits for the database. */
export class EventRing {
  /** At least this many are held, if there are as many. */
  static readonly kept = SNAPSHOT_AFTER_EVENTS + 500;
  private events: FedEvent[] = [];

  get length(): number {
    return this.events.length;
  }

  push(events: readonly FedEvent[]): void {
    for (const event of events) this.events.push(event);
    if (this.events.length > 3 * EventRing.kept) this.events = this.events.slice(-EventRing.kept);
  }

  clear(): void {
    this.events = [];
  }

  /** Events after `seq`, or undefined when some of them are no longer held. */
  after(seq: number): readonly FedEvent[] | undefined {
    const first = this.events[0];
    if (first === undefined) return undefined;
    if (seq < first.seq - 1) return undefined;
    return this.events.slice(seq - first.seq + 1);
  }
}
