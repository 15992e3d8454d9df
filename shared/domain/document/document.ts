import { z } from "zod";
import { canonicalJson } from "../../basics/canonical-json.ts";
import { sha256Hex } from "../../basics/sha256.ts";

const text = z.string().max(4_000);

const blockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text }),
  /** `addressee`: not indented. */
  z.object({ kind: z.literal("text"), text, addressee: z.boolean() }),
  z.object({ kind: z.literal("fields"), rows: z.array(z.tuple([text, text])).max(40) }),
  z.object({
    kind: z.literal("table"),
    head: z.array(text).min(1).max(8),
    rows: z.array(z.array(text).max(8)).max(300),
  }),
  z.object({ kind: z.literal("list"), items: z.array(text).max(300) }),
]);
export type Block = Readonly<z.infer<typeof blockSchema>>;

/** Who signs at the foot; `hall` is the place of the seal. */
export const signPlaceSchema = z.enum(["applicant", "hall", "clerk"]);

/**
 * A document given to an applicant, as its words stand on the paper: everything that is signed, and nothing else. Its
 * canonical JSON is kept among the files under its hash, which the log holds.
 */
export const documentSchema = z.object({
  format: z.literal(1),
  kind: z.string().max(40),
  /** "001" …: code of the national code table; null when the kind has none. */
  code: z.string().max(8).nullable(),
  /** Which texts made it. */
  template: z.string().max(60),
  letterhead: text,
  letterheadEn: text,
  title: text,
  titleEn: text,
  number: z.string().min(1).max(80),
  blocks: z.array(blockSchema).max(60),
  signatures: z.array(z.object({ place: signPlaceSchema, label: text, after: text })).max(4),
  /** The day on the paper. */
  date: text,
  /** Where the applicant can see how far the case is; null when the hall has no such page. */
  progress: z.object({ url: z.string().max(500), caption: text }).nullable(),
  /** Said on every page of a hall with sample data; null elsewhere. */
  sampleNote: text.nullable(),
});
export type PaperDocument = Readonly<z.infer<typeof documentSchema>>;

/** The exact text that is kept and signed. */
export const documentText = (document: PaperDocument): string => canonicalJson(document);

/** SHA-256 of the text, 64 hex digits: what an applicant signs, and the name of the text among the files. */
export const documentHash = (document: PaperDocument): string => sha256Hex(documentText(document));

/** The document as lines of plain text, for reading aloud, for search and for golden files. */
export const documentLines = (document: PaperDocument): readonly string[] => [
  document.letterhead,
  document.title,
  document.number,
  ...document.blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case "heading":
      case "text":
        return [block.text];
      case "fields":
        return block.rows.map(([label, value]) => `${label}　${value}`);
      case "table":
        return [block.head, ...block.rows].map((row) => row.join("　"));
      case "list":
        return block.items;
    }
  }),
  ...document.signatures.map(({ label, after }) => `${label}${after}`),
  document.date,
  ...(document.progress === null ? [] : [document.progress.caption]),
  ...(document.sampleNote === null ? [] : [document.sampleNote]),
];
