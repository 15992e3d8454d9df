import Dexie, { type EntityTable, type Table } from "dexie";
import { BLOCK_BYTES, MAX_PART_BLOCKS, type FileType } from "../../../shared/domain/files/file.ts";
import type { Environment } from "../environment.ts";
import type { Sealed } from "../seal.ts";

/** Files rest in pieces as large as the largest request, so that one piece is opened to send one. */
export const PIECE_BYTES = BLOCK_BYTES * MAX_PART_BLOCKS;

/** `writing`: its pieces are not all on the disk; left over when the program was ended in between. */
type FileState = "writing" | "waiting" | "sent" | "refused";

export interface FileRow {
  readonly hash: string;
  readonly size: number;
  readonly type: FileType;
  readonly state: FileState;
  /** Hall time. */
  readonly keptAt: number;
  readonly sentAt: number | null;
  /** The center's code when it refused. */
  readonly fault: string | null;
}

export interface PieceRow {
  readonly hash: string;
  readonly piece: number;
  readonly sealed: Sealed;
}

/**
 * The files of a terminal: a database of its own, because a transaction over the acts of a clerk must never wait for a scan
 * of 50 MB, and a disk that is full of scans must not take them along.
 */
export class FilesDatabase extends Dexie {
  declare readonly files: EntityTable<FileRow, "hash">;
  declare readonly pieces: Table<PieceRow, [hash: string, piece: number]>;

  constructor(name: string, environment: Pick<Environment, "indexedDB" | "keyRange">) {
    super(name, {
      indexedDB: environment.indexedDB,
      IDBKeyRange: environment.keyRange,
      chromeTransactionDurability: "strict",
    });
    this.version(1).stores({ files: "hash, state", pieces: "[hash+piece]" });
  }
}

export const filesDatabaseName = (deviceId: string): string => `service-hall-files-${deviceId}`;

export const placeOfPiece = (hash: string, piece: number): string => `${hash}/${String(piece)}`;
