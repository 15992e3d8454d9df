interface TableImage {
  readonly name: string;
  readonly rows: readonly unknown[];
}

/** What a node's database held, as JSON: the migrations that had made it, and every row of every table. */
export interface NodeImage {
  readonly migrations: readonly number[];
  readonly tables: readonly TableImage[];
}

/** A client of PostgreSQL, or the center's own. */
interface Queryable {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Partitioned tables stand for their parts. */
const TABLES = `SELECT relname AS name FROM pg_class
  WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY 1`;

const rowsOf = async <T>(db: Queryable, sql: string): Promise<readonly T[]> =>
  (await db.query(sql)).rows as readonly T[];

/** Reads a database as it is at one moment. */
export const readDatabase = async (db: Queryable): Promise<NodeImage> => {
  const migrations = await rowsOf<{ id: number }>(db, "SELECT id FROM migrations ORDER BY id");
  const tables: TableImage[] = [];
  for (const { name } of await rowsOf<{ name: string }>(db, TABLES)) {
    if (name === "migrations") continue;
    const rows = await rowsOf<{ row: unknown }>(db, `SELECT to_jsonb(t) AS row FROM ${name} t`);
    if (rows.length > 0) tables.push({ name, rows: rows.map(({ row }) => row) });
  }
  return { migrations: migrations.map(({ id }) => id), tables };
};

/** Fills an empty database of the image's schema. */
export const fillDatabase = async (db: Queryable, { tables }: NodeImage): Promise<void> => {
  for (const { name, rows } of tables) {
    const columns = Object.keys(rows[0] as object).join(", ");
    await db.query(
      `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
};
