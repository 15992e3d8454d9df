import Dexie, { type EntityTable, type Table } from "dexie";
import type { Environment } from "./environment.ts";
import type { Sealed } from "./seal.ts";
import type { Notice } from "./terminal.ts";

/** Single values: epoch, acked, clock, clerk, seen versions. */
export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Confirmed events as they came. `text` is the node's message itself: nothing that this version does not understand can
 * get lost in it, and it need not be written a second time. Events up to `from` in it were held already.
 */
export interface BatchRow {
  readonly to: number;
  readonly from: number;
  readonly text: string;
}

export interface SnapshotRow {
  readonly seq: number;
  /** JSON of a HallSnapshot. */
  readonly text: string;
  /** Program version that folded it. */
  readonly app: string;
  /** Events before it that this version did not understand: after an update the state is fetched anew. */
  readonly unknown: number;
}

/**
 * Acts of this terminal in their order. Rows up to the `acked` mark of `meta` have been acknowledged and are only kept
 * for a node that comes back from an older backup (F27): so an acknowledgement is one small write, not thousands.
 */
export interface OutboxRow {
  /** Given by the database; missing only before it is stored. */
  readonly order?: number;
  /** When it was written, hall time. */
  readonly at: number;
  /** JSON of OutboundCommand[]; `personal` is always empty here. */
  readonly text: string;
  /** Personal records by the command's place in `text`. */
  readonly sealed: Readonly<Record<number, Sealed>> | null;
}

export interface NoticeRow extends Notice {
  /** Closed ones are kept for a while, so that a repeated answer does not bring them back. */
  readonly closed: boolean;
  /** A dead letter's command as JSON, personal data left out: nothing that somebody did is thrown away. */
  readonly command: string | null;
}

export interface DraftRow {
  readonly key: string;
  readonly sealed: Sealed;
}

export interface CatalogueRow {
  readonly version: string;
  readonly text: string;
}

/** The local database of one terminal. A new shape is a new version with its upgrade; never change a released one. */
export class HallDatabase extends Dexie {
  declare readonly meta: EntityTable<MetaRow, "key">;
  declare readonly batches: EntityTable<BatchRow, "to">;
  declare readonly snapshots: EntityTable<SnapshotRow, "seq">;
  declare readonly outbox: Table<OutboxRow, number>;
  declare readonly notices: EntityTable<NoticeRow, "id">;
  declare readonly drafts: EntityTable<DraftRow, "key">;
  declare readonly catalogue: EntityTable<CatalogueRow, "version">;

  constructor(name: string, environment: Pick<Environment, "indexedDB" | "keyRange">) {
    super(name, {
      indexedDB: environment.indexedDB,
      IDBKeyRange: environment.keyRange,
      // Chromium's default does not sync to disk: in three of four power cuts it lost printed tickets (runtime.md).
      chromeTransactionDurability: "strict",
    });
    this.version(1).stores({
      meta: "key",
      batches: "to",
      snapshots: "seq",
      outbox: "++order, at",
      notices: "id",
      drafts: "key",
      catalogue: "version",
    });
  }
}

export const databaseName = (deviceId: string, generation: number): string =>
  generation === 0 ? `service-hall-${deviceId}` : `service-hall-${deviceId}.${String(generation)}`;
