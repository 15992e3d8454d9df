import pg from "pg";

/** Text COPY cannot hold as it is: its own escapes, and what no text column takes (U+0000, lone surrogates). */
const SPECIAL = /[\\\t\n\r\0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A value as COPY's text format has it. U+0000 and lone surrogates become U+FFFD. */
export const copyText = (value: string | number | null): string => {
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  return value.replace(SPECIAL, (character) => ESCAPES[character] ?? "\ufffd");
};

/** Writes JSON without raw control characters, so only its backslashes matter. */
export const copyJson = (json: string): string => (json.includes("\\") ? json.replaceAll("\\", "\\\\") : json);

/** What the driver's connection can do; its types leave this out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

class CopyQuery extends pg.Query {
  constructor(statement: string, lines: string, done: (error: Error | undefined) => void) {
    super(statement, undefined, done);
    // Nothing is awaited between statement and rows: the server drops the rows when it refuses the statement.
    this.submit = (connection) => {
      const line = connection as unknown as CopyConnection;
      line.query(statement);
      line.sendCopyFromChunk(Buffer.from(lines));
      line.endCopyFrom();
    };
  }

  /** The rows are on their way already. */
  handleCopyInResponse(): void {
    return undefined;
  }
}

/**
 * Puts many rows into a table: what costs the database least, a third of reading them from JSON.
 * @param target table and columns, as in `events (hall_id, seq)`
 * @param rows lines of COPY's text format
 */
export const copyInto = (client: pg.ClientBase, target: string, rows: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | undefined): void => (error ? reject(error) : resolve());
    client.query(new CopyQuery(`COPY ${target} FROM STDIN`, `${rows.join("\n")}\n`, done));
  });
