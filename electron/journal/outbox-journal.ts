import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { JournalEntry } from "../../shared/contract/ipc.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = "service-hall outbox journal";
/** A window that writes without end must not fill the disk: far more than days without a node. */
const MOST_BYTES = 256_000_000;
/** Below this a file is not worth writing anew. */
const COMPACT_FROM_BYTES = 1_000_000;

type Line = { readonly keep: JournalEntry } | { readonly drop: readonly string[] };

/** The second copy of one terminal's unsent acts, in a file of its own beside the browser's data. */
export interface OutboxJournal {
  /** Rows that were kept and not dropped, in their order. */
  read(): Promise<readonly JournalEntry[]>;
  /** Durable when it resolves. @throws when it cannot be written, or is fuller than anything honest could make it */
  change(kept: readonly JournalEntry[], dropped: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal in `file`: sealed lines, each a row kept or the names of rows dropped; empty again whenever everything
 * has been acknowledged. A line torn by a cut power supply is passed over. A file of which no line can be opened (another
 * key) is moved aside, never deleted.
 * @param dataKey the terminal's data key, base64
 * @param owner the terminal that it belongs to: the lines open for no other
 * @param unreadable told how many lines could not be opened
 */
export const openOutboxJournal = (
  file: string,
  dataKey: string,
  owner: string,
  unreadable: (lines: number) => void,
): OutboxJournal => {
  // One key never serves two ends.
  const key = Buffer.from(hkdfSync("sha256", Buffer.from(dataKey, "base64"), "", PURPOSE, 32));
  const live = new Map<string, JournalEntry>();
  let handle: FileHandle | null = null;
  let bytes = 0;
  let droppedLines = 0;

  const seal = (line: Line): string => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
    const box = Buffer.concat([cipher.update(JSON.stringify(line), "utf8"), cipher.final()]);
    return `${Buffer.concat([nonce, cipher.getAuthTag(), box]).toString("base64")}\n`;
  };
  const unseal = (text: string): Line => {
    const box = Buffer.from(text, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(owner));
    decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString("utf8")) as Line;
  };
  const follow = (line: Line): void => {
    if ("keep" in line) live.set(line.keep.key, line.keep);
    else for (const name of line.drop) live.delete(name);
  };

  const load = async (): Promise<void> => {
    live.clear();
    await mkdir(dirname(file), { recursive: true });
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n").filter((line) => line !== "");
    let broken = 0;
    for (const line of lines) {
      try {
        follow(unseal(line));
      } catch {
        broken += 1;
      }
    }
    if (broken > 0) unreadable(broken);
    if (broken > 1 && broken === lines.length)
      await rename(file, `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`);
    // What a torn line left must not spoil the next one.
    await rewrite();
  };

  /** Writes only what is live, so that a file never grows with what was sent long ago. */
  const rewrite = async (): Promise<void> => {
    const text = [...live.values()].map((entry) => seal({ keep: entry })).join("");
    const next = `${file}.next`;
    const fresh = await open(next, "w", 0o600);
    try {
      await fresh.writeFile(text);
      await fresh.datasync();
      await rename(next, file);
    } catch (error) {
      await fresh.close();
      throw error;
    }
    await handle?.close();
    handle = fresh;
    bytes = text.length;
    droppedLines = 0;
  };

  const append = async (kept: readonly JournalEntry[], dropped: readonly string[]): Promise<void> => {
    const known = dropped.filter((name) => live.has(name));
    const text = [...kept.map((entry) => seal({ keep: entry })), known.length > 0 ? seal({ drop: known }) : ""].join(
      "",
    );
    if (bytes + text.length > MOST_BYTES) throw new Error("the journal is full");
    const before = [...live];
    for (const entry of kept) live.set(entry.key, entry);
    for (const name of known) live.delete(name);
    try {
      if (live.size === 0 && handle !== null && bytes < COMPACT_FROM_BYTES) {
        await handle.truncate(0);
        bytes = 0;
        return;
      }
      if (live.size === 0) return await rewrite();
      await handle?.write(text, bytes);
      await handle?.datasync();
      bytes += text.length;
      droppedLines += known.length;
      if (bytes > COMPACT_FROM_BYTES && droppedLines > live.size) await rewrite();
    } catch (error) {
      live.clear();
      for (const [name, entry] of before) live.set(name, entry);
      throw error;
    }
  };

  let work: Promise<void> = Promise.resolve();
  /** One thing after the other; what failed does not stop the next. */
  const next = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = work.then(() => (handle === null ? load() : undefined)).then(act);
    work = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  };
  return {
    read: () => next(() => Promise.resolve([...live.values()])),
    change: (kept, dropped) => next(() => append(kept, dropped)),
    close: async () => {
      await work;
      await handle?.close();
      handle = null;
    },
  };
};
