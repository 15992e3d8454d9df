const APPEND_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export type CounterName =
  | "events"
  | "commands"
  | "refusals"
  | "duplicates"
  | "bad_messages"
  | "bad_reports"
  | "commit_failures"
  | "epoch_changes"
  | "snapshots_sent"
  | "relayed";

const NAMES: readonly CounterName[] = [
  "events",
  "commands",
  "refusals",
  "duplicates",
  "bad_messages",
  "bad_reports",
  "commit_failures",
  "epoch_changes",
  "snapshots_sent",
  "relayed",
];

/** Counters and one histogram, written out in the text format of Prometheus. */
export class Metrics {
  private readonly counters = new Map<CounterName, number>();
  private readonly buckets = APPEND_BOUNDS.map(() => 0);
  private appendCount = 0;
  private appendSum = 0;

  count(name: CounterName, by = 1): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + by);
  }

  /** Seconds from taking a batch to its COMMIT. */
  observeAppend(seconds: number): void {
    this.appendCount += 1;
    this.appendSum += seconds;
    APPEND_BOUNDS.forEach((bound, index) => {
      if (seconds <= bound) this.buckets[index] = (this.buckets[index] ?? 0) + 1;
    });
  }

  /** @param gauges name (with labels, if any) and value */
  text(gauges: readonly (readonly [string, number])[]): string {
    const lines: string[] = [];
    for (const name of NAMES) {
      lines.push(`# TYPE service_hall_${name}_total counter`);
      lines.push(`service_hall_${name}_total ${String(this.counters.get(name) ?? 0)}`);
    }
    lines.push("# TYPE service_hall_append_seconds histogram");
    APPEND_BOUNDS.forEach((bound, index) => {
      lines.push(`service_hall_append_seconds_bucket{le="${String(bound)}"} ${String(this.buckets[index] ?? 0)}`);
    });
    lines.push(`service_hall_append_seconds_bucket{le="+Inf"} ${String(this.appendCount)}`);
    lines.push(`service_hall_append_seconds_sum ${this.appendSum.toFixed(6)}`);
    lines.push(`service_hall_append_seconds_count ${String(this.appendCount)}`);
    const typed = new Set<string>();
    for (const [name, value] of gauges) {
      const base = name.split("{")[0] ?? name;
      if (!typed.has(base)) lines.push(`# TYPE service_hall_${base} gauge`);
      typed.add(base);
      lines.push(`service_hall_${name} ${String(value)}`);
    }
    return `${lines.join("\n")}\n`;
  }
}
