import { z } from "zod";
import { fileTypes, MAX_FILE_BYTES, type BlockRange } from "../domain/files/file.ts";

/**
 * How files go to the center and come back, beside the log. Terminals name themselves in the header
 * `authorization: Bearer <deviceId>:<secret>`; all answers but a file's content are JSON.
 * - `POST /api/files` {hash, size, type}: what is missing. The same question again has no other effect.
 * - `POST /api/files/<hash>/part`: bytes from `x-offset` on (whole blocks, at the end of the file the rest), with their
 *   SHA-256 in `x-sha256`. In any order, as often as need be.
 * - `POST /api/files/<hash>/complete`: the center reads all of it and checks the hash.
 * - `GET /api/files/<hash>`, with `range: bytes=a-b` in pieces.
 */
export const FILES_PATH = "/api/files";

/** SHA-256, 64 lower-case hex digits. */
export const fileHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const fileOfferSchema = z.object({
  hash: fileHashSchema,
  size: z.int().min(1).max(MAX_FILE_BYTES),
  type: z.enum(fileTypes),
});
export type FileOffer = z.infer<typeof fileOfferSchema>;

/** Complete: the center holds it whole, checked and durable. */
export interface FileState {
  readonly complete: boolean;
  readonly missing: readonly BlockRange[];
}

export const fileStateSchema: z.ZodType<FileState> = z.object({
  complete: z.boolean(),
  missing: z.array(z.tuple([z.int().min(0), z.int().min(1)])),
});
