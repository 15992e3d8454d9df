import { fromBase64, toBase64 } from "./base64.ts";
import type { JournalEntry } from "../../shared/contract/ipc.ts";
import type { OutboxRow } from "./db.ts";
import type { Environment } from "./environment.ts";
import type { OutboundCommand } from "../../shared/contract/api.ts";
import type { Sealed } from "./seal.ts";
import { reasonOf } from "./reason-of.ts";

/** Long enough for the node's answer to make the copy needless, short enough that nobody deletes a folder in between. */
const FLUSH_MS = 40;
const RETRY_MS = 5_000;

type RowBody = Pick<OutboxRow, "at" | "text" | "sealed">;

interface RestingBody {
  readonly at: number;
  readonly text: string;
  readonly sealed: readonly (readonly [place: string, iv: string, box: string])[];
}

const rest = ({ at, text, sealed }: RowBody): string =>
  JSON.stringify({
    at,
    text,
    sealed: Object.entries(sealed ?? {}).map(([place, { iv, box }]) => [
      place,
      toBase64(iv),
      toBase64(new Uint8Array(box)),
    ]),
  } satisfies RestingBody);

const wake = (text: string): OutboxRow => {
  const body = JSON.parse(text) as RestingBody;
  const sealed: Record<number, Sealed> = {};
  for (const [place, iv, box] of body.sealed)
    sealed[Number(place)] = { iv: fromBase64(iv), box: fromBase64(box).buffer };
  return { at: body.at, text: body.text, sealed: body.sealed.length === 0 ? null : sealed };
};

/** A row is named by its first command, in the database, in the journal and in memory alike. */
export const rowKey = (commands: readonly OutboundCommand[]): string => commands[0]?.command.id ?? "";

/** The name of a stored row; "" when it cannot be read. */
export const storedRowKey = ({ text }: Pick<OutboxRow, "text">): string => {
  try {
    return rowKey(JSON.parse(text) as OutboundCommand[]);
  } catch {
    return "";
  }
};

export interface JournaledRow {
  readonly key: string;
  readonly row: OutboxRow;
}

/** What the journal holds; nothing where there is none or it cannot be read, which is written to the log. */
export const readJournal = async ({ journal, log }: Pick<Environment, "journal" | "log">): Promise<JournaledRow[]> => {
  if (journal === null) return [];
  try {
    return (await journal.read()).map(({ key, text }) => ({ key, row: wake(text) }));
  } catch (error) {
    log("store.fault", { name: "journal read", message: reasonOf(error) });
    return [];
  }
};

/**
 * Keeps the journal in step with the outbox: a second copy of what the node has not acknowledged, outside IndexedDB, so
 * that a technician who clears the browser's data does not clear what people did (F13). It is written after the database
 * and beside it: what the node answers at once never gets here, and nobody waits for it.
 */
export class OutboxJournal {
  private readonly fresh = new Map<string, RowBody>();
  private readonly held = new Set<string>();
  private readonly gone = new Set<string>();
  private planned = false;
  private closed = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly environment: Pick<Environment, "journal" | "after" | "log">,
    held: readonly string[],
  ) {
    for (const key of held) this.held.add(key);
  }

  /** Takes over what the database holds unacknowledged. */
  follow(rows: readonly OutboxRow[]): void {
    const waiting = new Set(rows.map(storedRowKey));
    for (const key of [...this.held, ...this.fresh.keys()]) if (!waiting.has(key)) this.drop(key);
    for (const row of rows) this.keep(storedRowKey(row), row);
  }

  /** A row has become durable in the database. */
  keep(key: string, body: RowBody): void {
    if (key === "" || this.environment.journal === null) return;
    this.gone.delete(key);
    if (this.held.has(key)) return;
    this.fresh.set(key, body);
    this.plan(FLUSH_MS);
  }

  /** A row has been acknowledged, or taken back. */
  drop(key: string): void {
    this.fresh.delete(key);
    if (!this.held.has(key)) return;
    this.gone.add(key);
    this.plan(FLUSH_MS);
  }

  async close(): Promise<void> {
    await this.flush();
    this.closed = true;
  }

  private plan(ms: number): void {
    if (this.planned || this.closed) return;
    this.planned = true;
    this.environment.after(ms, () => {
      this.planned = false;
      void this.flush();
    });
  }

  /** One change after the other, so that what a failed one leaves behind is known before the next. */
  private flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const { journal } = this.environment;
    if (journal === null || this.closed || this.fresh.size + this.gone.size === 0) return;
    const kept = [...this.fresh];
    const gone = [...this.gone];
    this.fresh.clear();
    this.gone.clear();
    for (const [key] of kept) this.held.add(key);
    for (const key of gone) this.held.delete(key);
    try {
      await journal.change(
        kept.map(([key, body]): JournalEntry => ({ key, text: rest(body) })),
        gone,
      );
    } catch (error) {
      this.environment.log("store.fault", { name: "journal write", message: reasonOf(error) });
      for (const [key, body] of kept) {
        this.held.delete(key);
        // Acknowledged meanwhile: it need not be written any more.
        if (!this.gone.delete(key)) this.fresh.set(key, body);
      }
      for (const key of gone) {
        this.held.add(key);
        // Sent again meanwhile: it is there still.
        if (!this.fresh.delete(key)) this.gone.add(key);
      }
      this.plan(RETRY_MS);
    }
  }
}
