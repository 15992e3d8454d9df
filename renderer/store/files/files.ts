import type { FileType } from "../../../shared/domain/files/file.ts";
import type { Result } from "../../../shared/basics/result.ts";
import type { Live } from "../terminal.ts";

/** A file that this terminal keeps. `hash` names it everywhere. */
export interface KeptFile {
  /** SHA-256 of the content, hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly type: FileType;
}

/** How the files of this terminal get to the center, for status bars. */
export interface Uploads {
  /** Files not yet whole at the center. */
  readonly waiting: number;
  readonly bytesLeft: number;
  /** Of the files that wait now; 0 when none does. */
  readonly bytesTotal: number;
  /** Files that the center does not take; they stay here until a person has seen to them. */
  readonly refused: number;
  /** Files cannot be kept here now. */
  readonly storeFault: boolean;
}

/** Why a file was not kept. Each has a sentence (`papers:file.<fault>`). */
export type KeepFault = "empty" | "too_large" | "wrong_type" | "disk_full" | "not_kept";

/** Why a file cannot be read. */
export type ReadFault = "offline" | "unknown" | "no_clerk" | "damaged";

/** Files of cases on this terminal: kept encrypted, sent to the center by themselves, read from here or from there. */
export interface Files {
  readonly uploads: Live<Uploads>;
  /** Keeps a file; it is on the disk when this resolves and goes to the center by itself. The same content is kept once. */
  keep(content: Blob | Uint8Array<ArrayBuffer>): Promise<Result<KeptFile, KeepFault>>;
  /** A file's content: from here when it is here, else from the center. */
  read(hash: string): Promise<Result<Uint8Array<ArrayBuffer>, ReadFault>>;
  /** How far a file is on its way: 0 to 1; 1 when the center has it whole or it is none of this terminal's. */
  progressOf(hash: string): number;
}

export const noUploads: Uploads = { waiting: 0, bytesLeft: 0, bytesTotal: 0, refused: 0, storeFault: false };
