import type { HallDatabase, NoticeRow } from "./db.ts";
import { liveValue, type Source } from "./live.ts";
import type { Notice } from "./terminal.ts";
import type { Writer } from "./writer.ts";

/** More open ones than this nobody reads; the oldest make room (I11). */
const MOST = 500;
const CLOSED_KEPT_MS = 7 * 86_400_000;

/** Refusals, anomalies and dead letters until a person closes them. */
export class NoticeBoard {
  readonly live: Source<readonly Notice[]> = liveValue<readonly Notice[]>([]);
  private rows = new Map<string, NoticeRow>();

  load(rows: readonly NoticeRow[], now: number): void {
    this.rows = new Map(
      rows
        .filter((row) => !row.closed || row.at > now - CLOSED_KEPT_MS)
        .sort((left, right) => left.at - right.at)
        .map((row) => [row.id, row]),
    );
    this.show();
  }

  /** Adds to what is shown and returns the rows to be written: what was there before, closed or not, stays as it was. */
  add(notices: readonly (Notice & { readonly command?: string })[]): readonly NoticeRow[] {
    const fresh = notices
      .filter(({ id }) => !this.rows.has(id))
      .map((notice) => ({ ...notice, closed: false, command: notice.command ?? null }));
    if (fresh.length === 0) return fresh;
    for (const row of fresh) this.rows.set(row.id, row);
    this.show();
    return fresh;
  }

  all(): readonly NoticeRow[] {
    return [...this.rows.values()];
  }

  async close(id: string, writer: Writer): Promise<void> {
    const row = this.rows.get(id);
    if (!row || row.closed) return;
    this.rows.set(id, { ...row, closed: true });
    this.show();
    await writer.write((db) => db.notices.update(id, { closed: true }));
  }

  async reload(db: HallDatabase, now: number): Promise<void> {
    this.load(await db.notices.toArray(), now);
  }

  private show(): void {
    const open = [...this.rows.values()].filter((row) => !row.closed).slice(-MOST);
    this.live.set(open.map(({ id, kind, at, commandType, refusal }) => ({ id, kind, at, commandType, refusal })));
  }
}
