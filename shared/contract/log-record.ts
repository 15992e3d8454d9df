import { z } from "zod";
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256Hex } from "../basics/sha256.ts";

/** An event with everything the log keeps of it. Each carries the hash of the one before it. */
export const logRecordSchema = z.object({
  hallId: z.string().max(40),
  seq: z.int().min(1),
  type: z.string().max(64),
  v: z.int().min(1),
  /** When it was done, by the hall's clock. */
  at: z.int(),
  /** When the node put it in order. */
  recordedAt: z.int(),
  commandId: z.string().max(64),
  actor: z.object({
    role: z.string().max(16),
    deviceId: z.string().max(64).nullable(),
    clerkId: z.string().max(64).nullable(),
  }),
  data: z.unknown(),
  prevHash: z.string().length(64),
  hash: z.string().length(64),
});
export type LogRecord = Readonly<z.infer<typeof logRecordSchema>>;

/** `prevHash` of a hall's first event. */
export const GENESIS_HASH = "0".repeat(64);

/** The hash of an event: SHA-256 over the canonical JSON of everything else in it, the hash before it included. */
export const hashOf = (record: Omit<LogRecord, "hash">): string =>
  sha256Hex(
    canonicalJson([
      record.hallId,
      record.seq,
      record.type,
      record.v,
      record.at,
      record.recordedAt,
      record.commandId,
      record.actor,
      record.data,
      record.prevHash,
    ]),
  );

/** The end of a hall's log at some time. `epoch` names the run of the log: one put back from a backup gets a new one. */
export interface LogHead {
  readonly hallId: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

/** What a hall signs of a head. */
export const sealedText = ({ hallId, epoch, seq, hash }: LogHead): string =>
  `service-hall head\n${hallId}\n${epoch}\n${String(seq)}\n${hash}`;

/** A hall's Ed25519 key and its signature on `sealedText`, both base64 with nothing in the bits left over: one text for one key. */
export const headSealSchema = z.object({
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
  signature: z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
});
export type HeadSeal = Readonly<z.infer<typeof headSealSchema>>;

/** A batch of a hall's log on its way to the city. */
export const relayBatchSchema = z.object({
  epoch: z.string().max(64),
  /** On the last of the records; left out by a hall of an older program, and never again once it has signed. */
  seal: headSealSchema.optional(),
  records: z.array(logRecordSchema).min(1).max(1000),
});

/** The city's answer: how far it holds the hall's log, and what it hands down. */
export const relayResponseSchema = z.object({
  head: z.int().min(0),
  headHash: z.string().length(64),
  catalogueVersion: z.string().nullable(),
  planVersion: z.int().nullable(),
});
export type RelayResponse = z.infer<typeof relayResponseSchema>;
