/**
 * Files of a case: materials, signed texts, documents. A file is named by the SHA-256 of its content, so that the same
 * content is kept and sent once and nobody can change a file that an event refers to.
 */

/** Files travel and rest in blocks of this size; the last one is shorter. Small, so that 64 kbit/s moves one in 4 s. */
export const BLOCK_BYTES = 32 * 1024;

/** Most blocks in one request. */
export const MAX_PART_BLOCKS = 16;

/** The largest file: a scan of some hundred pages. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What a file may be. JSON: texts of documents and signatures, made by this program. */
export const fileTypes = ["application/pdf", "image/jpeg", "image/png", "application/json"] as const;
export type FileType = (typeof fileTypes)[number];

/** A half-open range [from, to) of blocks. */
export type BlockRange = readonly [from: number, to: number];

export const blockCount = (size: number): number => Math.ceil(size / BLOCK_BYTES);

const startsWith = (bytes: Uint8Array, head: readonly number[], at = 0): boolean =>
  bytes.length >= at + head.length && head.every((byte, index) => bytes[at + index] === byte);

const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d]; // %PDF-
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
/** Readers accept a PDF header within the first kilobyte (ISO 32000-1, annex H). */
const PDF_WITHIN = 1024;

/**
 * What a file is by its first bytes; its name proves nothing.
 * @param bytes the first block at least
 * @returns undefined when it is none of `fileTypes`
 */
export const findFileType = (bytes: Uint8Array): FileType | undefined => {
  if (startsWith(bytes, JPEG)) return "image/jpeg";
  if (startsWith(bytes, PNG)) return "image/png";
  if (bytes[0] === 0x7b) return "application/json";
  for (let at = 0; at < Math.min(PDF_WITHIN, bytes.length); at += 1)
    if (startsWith(bytes, PDF, at)) return "application/pdf";
  return undefined;
};

/** The blocks that are not there yet, as ranges in order. */
export const missingRanges = (size: number, present: ReadonlySet<number>): readonly BlockRange[] => {
  const ranges: [number, number][] = [];
  const count = blockCount(size);
  for (let block = 0; block < count; block += 1) {
    if (present.has(block)) continue;
    const last = ranges.at(-1);
    if (last?.[1] === block) last[1] = block + 1;
    else ranges.push([block, block + 1]);
  }
  return ranges;
};

/** Bytes of the blocks in `ranges` of a file of `size` bytes. */
export const bytesOfRanges = (size: number, ranges: readonly BlockRange[]): number =>
  ranges.reduce((sum, [from, to]) => sum + Math.min(to * BLOCK_BYTES, size) - from * BLOCK_BYTES, 0);
